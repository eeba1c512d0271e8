"""What the rows of the benchmarks compute, by name: each maker returns a function without arguments."""

import jax
import jax.numpy as jnp

import bilevel
from shared_data import filled


def small_call():
    f = jax.jit(lambda x: jnp.sum(jnp.sin(x) * x))
    x = filled(10)
    return lambda: f(x)


def small_gradient():
    """Eager: every operation by itself."""
    f = jax.value_and_grad(lambda x: jnp.sum(jnp.sin(x) * x))
    x = filled(10)
    return lambda: f(x)


def matmul(n, dtype):
    a, b = filled(n, n).astype(dtype), filled(n, n).astype(dtype)
    f = jax.jit(jnp.matmul)
    return lambda: f(a, b)


def matvec(rows, columns, transposed):
    a = filled(rows, columns)
    x = filled(rows if transposed else columns)
    f = jax.jit((lambda a, x: a.T @ x) if transposed else jnp.matmul)
    return lambda: f(a, x)


def least_squares(rows, columns):
    a, y = filled(rows, columns), filled(rows)
    f = jax.jit(jax.value_and_grad(lambda w: 0.5 * jnp.sum((a @ w - y) ** 2)))
    w = filled(columns)
    return lambda: f(w)


def elementwise(name, n):
    f = jax.jit({"exp": jnp.exp, "log": jnp.log, "tanh": jnp.tanh, "sin": jnp.sin, "sigmoid": jax.nn.sigmoid}[name])
    x = jnp.linspace(0.1, 10.0, n)
    return lambda: f(x)


computations = {
    "smallCall": small_call,
    "smallGradient": small_gradient,
    "matmul": matmul,
    "matvec": matvec,
    "leastSquares": least_squares,
    "elementwise": elementwise,
    "ridge": bilevel.ridge,
    "lasso": bilevel.lasso,
    "svm": bilevel.svm,
}


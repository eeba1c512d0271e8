"""Hypergradients with jaxopt: of problems/ridge.ts, lasso.ts and svm.ts, with the same solvers and tolerances."""

import jax
import jax.numpy as jnp
import jaxopt

from shared_data import array


def _split(train, validation, samples, features):
    (x, y), (xv, yv) = train, validation
    return (
        array(x, (samples[0], features)),
        array(y, (samples[0],)),
        array(xv, (samples[1], features)),
        array(yv, (samples[1],)),
    )


def _mean_square(x, w, y):
    return 0.5 * jnp.mean((x @ w - y) ** 2)


def ridge(train, validation, samples, features, steps, tolerance):
    x, y, xv, yv = _split(train, validation, samples, features)

    def inner(w, theta):
        return _mean_square(x, w, y) + 0.5 * jnp.sum(jnp.exp(theta) * w**2)

    solver = jaxopt.GradientDescent(inner, maxiter=steps, tol=tolerance)

    @jax.jit
    @jax.grad
    def hypergradient(theta):
        return _mean_square(xv, solver.run(jnp.zeros(features), theta).params, yv)

    theta = jnp.full(features, -3.0)
    return lambda: hypergradient(theta)


def lasso(train, validation, samples, features, steps, tolerance):
    x, y, xv, yv = _split(train, validation, samples, features)
    solver = jaxopt.ProximalGradient(
        lambda w, _: _mean_square(x, w, y), jaxopt.prox.prox_lasso, maxiter=steps, tol=tolerance
    )

    @jax.jit
    @jax.grad
    def hypergradient(theta):
        return _mean_square(xv, solver.run(jnp.zeros(features), jnp.exp(theta), None).params, yv)

    theta = jnp.asarray(-3.0)
    return lambda: hypergradient(theta)


def svm(x, y, xv, yv, samples, features, classes, steps, step, unrolled=False):
    """The dual of a multiclass SVM by projected gradient, its hypergradient in log lambda by conjugate gradients, or
    through all of the steps."""
    x, y = array(x, (samples[0], features)), array(y, (samples[0], classes))
    xv, yv = array(xv, (samples[1], features)), array(yv, (samples[1], classes))

    def weights(beta, theta):
        return x.T @ (y - beta) / jnp.exp(theta)

    def inner(beta, theta):
        return 0.5 * jnp.exp(theta) * jnp.sum(weights(beta, theta) ** 2) + jnp.sum(beta * y)

    solver = jaxopt.ProjectedGradient(
        inner,
        jax.vmap(jaxopt.projection.projection_simplex, in_axes=(0, None)),
        stepsize=step,
        maxiter=steps,
        tol=0.0,
        acceleration=False,
        implicit_diff=not unrolled,
    )

    @jax.jit
    @jax.grad
    def hypergradient(theta):
        beta = solver.run(jnp.full((samples[0], classes), 1 / classes), 1.0, theta).params
        return 0.5 * jnp.sum((xv @ weights(beta, theta) - yv) ** 2)

    theta = jnp.asarray(0.0)
    return lambda: hypergradient(theta)

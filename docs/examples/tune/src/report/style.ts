/** The look of the report, light or dark as the reader's system is. No font or image is fetched. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbf9; --card: #ffffff; --ink: #1d2430; --soft: #5b6472; --line: #e3e5e8; --muted: #9aa2ad;
  --single: #c2570c; --tuned: #1f5fbf; --third: #0f8a6a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --card: #1b1f26; --ink: #e6e9ee; --soft: #a0a8b4; --line: #2f3540; --muted: #6d7684;
    --single: #f0914a; --tuned: #6ea8ff; --third: #3fc79e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 48px 24px 64px; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main { max-width: 980px; margin: 0 auto; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 8px; text-wrap: balance; }
h2 { font-size: 20px; letter-spacing: -0.01em; margin: 48px 0 12px; }
h3 { font-size: 16px; margin: 0; }
p { margin: 0 0 12px; max-width: 72ch; }
.lede { font-size: 17px; color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.tile b { display: block; font-size: 21px; white-space: nowrap; font-weight: 650; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.tile span { display: block; font-size: 13px; line-height: 1.4; color: var(--soft); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 16px; }
figure { margin: 0 0 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; min-width: 0; }
figcaption { margin-top: 12px; font-size: 14px; line-height: 1.5; color: var(--soft); max-width: 82ch; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 6px 0 10px; font-size: 13px; color: var(--soft); max-width: none; }
.legend i { display: inline-block; width: 18px; margin-right: 6px; vertical-align: 4px; border-top: 3px solid currentColor; }
.legend i.dashed { border-top-style: dashed; }
.scroll { overflow-x: auto; }
svg { --plot-background: var(--card); display: block; max-width: 100%; height: auto; }
svg[width="900"] { min-width: 640px; }
table { border-collapse: collapse; width: 100%; font-size: 15px; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 12px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { font-weight: 600; font-size: 13px; color: var(--soft); }
tbody th { font-weight: 500; white-space: normal; min-width: 150px; }
.note { font-size: 14px; color: var(--soft); margin: 8px 0 20px; }
.formula { font-family: "Cambria Math", Georgia, serif; font-size: 17px; font-style: italic; margin: 4px 0 14px 20px; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 13px; color: var(--soft); }
footer p { max-width: none; margin-bottom: 4px; }
`;

import type { Classifier } from '../backend.js';
import { escapeForHtml } from './escape.js';

/** The page of a folder. What it shows besides comes from `model.json`; its policy lets it load from its own folder only. */
export function pageHtml(about: {
  readonly model: string;
  readonly classifier: Classifier;
  readonly doc: string | undefined;
  readonly untrained: boolean;
}): string {
  const { shape, classes } = about.classifier;
  const name = escapeForHtml(about.model);
  const doc = about.doc === undefined ? '' : `\n        <p>${escapeForHtml(about.doc)}</p>`;
  const warning = about.untrained
    ? '\n        <p class="warning">This model is not trained: its weights are random, and so is what it says.</p>'
    : '';
  const colours = shape.channels === 1 ? 'grey' : 'in colours';
  const size = `${String(shape.width)}×${String(shape.height)}`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${name}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="page.css" />
    <script type="module" src="page.js"></script>
  </head>
  <body>
    <main>
      <header>
        <h1>${name}</h1>${doc}
        <p class="quiet">Tells ${String(classes.length)} classes apart in pictures of ${size}, ${colours}.</p>${warning}
      </header>
      <label class="drop" id="drop">
        <input id="file" type="file" accept="image/*" disabled />
        <span class="lead with-mouse">Drop a picture here</span>
        <span class="quiet with-mouse">or choose a file, or paste one</span>
        <span class="lead with-finger">Choose a picture</span>
        <span class="quiet with-finger">or take one with the camera</span>
      </label>
      <p id="state" role="status">This page needs scripts and a server of files: <code>python3 -m http.server</code></p>
      <section id="result" hidden>
        <div class="pictures">
          <figure>
            <canvas id="given" role="img" aria-label="the picture that was given"></canvas>
            <figcaption id="given-text"></figcaption>
          </figure>
          <figure>
            <canvas id="seen" role="img" aria-label="the picture as the model sees it"></canvas>
            <figcaption id="seen-text"></figcaption>
          </figure>
        </div>
        <ol id="classes" aria-label="classes, the likeliest first"></ol>
      </section>
      <footer class="quiet">The picture stays in this browser.</footer>
    </main>
  </body>
</html>
`;
}

import { describe, expect, it } from 'vitest';
import type { Box, Picture } from '../../../src/report/graph/picture.js';
import { writeDot } from '../../../src/report/graph/write-dot.js';
import { writeHtml, type PageDrawing } from '../../../src/report/graph/write-html.js';
import { writeMermaid } from '../../../src/report/graph/write-mermaid.js';
import { writeSvg } from '../../../src/report/graph/write-svg.js';
import { exampleGraph } from '../../examples/files.js';
import { allOpen, drawn, openAt, pictureOf } from './drawn.js';

/** Names that end or begin something in one of the formats. */
const hostile = [
  '</script><script>alert(1)</script>',
  '<!--',
  ']]>',
  '"quoted" \\N \\"',
  '`tick` #quot; &lt;',
  'end',
  '__proto__',
  '%%{init}%%',
];

const hostilePicture = named(drawn('model M { input 4x4x2; conv 2 1x1; gap }'));
const drawing: PageDrawing = { direction: 'right', ratio: 1.5 };
const hostilePage = { picture: hostilePicture, isOpen: allOpen, drawing };

describe('SVG', () => {
  it('is well formed whatever the names are', () => {
    const svg = writeSvg(hostilePicture, allOpen);
    expect(tagsOf(svg)).toEqual(tagsOf(writeSvg(drawn('model M { input 4x4x2; conv 2 1x1; gap }'), allOpen)));
    expect(svg).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(svg).toContain(']]&gt;');
    expect(svg).toContain('__proto__');
  });

  it('tells what it shows to those who do not see it', () => {
    const svg = writeSvg(pictureOf(exampleGraph('LeNet5')), allOpen);
    expect(svg).toContain(
      'role="img" aria-label="LeNet5&lt;classes = 10&gt;: 61,706 parameters, 416,520 multiply-accumulates"',
    );
    expect(svg).toContain('<title>LeNet5&lt;classes = 10&gt;</title>');
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
  });

  it('needs nothing from elsewhere', () => {
    const svg = writeSvg(pictureOf(exampleGraph('ResNet34')), allOpen);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|href|@import/);
  });

  it('is no wider for a long formula of open sizes, and still has the whole of it', () => {
    const layers = [8, 7, 6, 5, 4, 3].map((maps) => `conv ${String(maps)} 3x3/2`).join('; ');
    const svg = writeSvg(drawn(`model M { input ?x?x3; ${layers}; gap }`), allOpen);
    expect(Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1])).toBeLessThan(700);
    expect(/class="figures"[^>]*>([^<]*)</.exec(svg)?.[1]).toMatch(/…$/);
    expect(/<desc>([^<]*)</.exec(svg)?.[1]?.length).toBeGreaterThan(200);
  });

  it('has no scale of shades where the shares are not known', () => {
    const svg = writeSvg(drawn('model M { input ?x?x3; conv 2 3x3 same; gap }'), allOpen);
    expect(svg).not.toContain('share of macs');
    expect(svg).not.toContain('class="s5"');
  });
});

describe('DOT', () => {
  it('has every box once, and ways between boxes that are there', () => {
    const dot = writeDot(pictureOf(exampleGraph('ResNet34')), allOpen);
    const boxes = [...dot.matchAll(/^ *(box\d+) \[label=/gm)].map(([, name]) => name);
    const ways = [...dot.matchAll(/^ *(box\d+) -> (box\d+) \[label="[\d×]+"\];$/gm)];
    expect(new Set(boxes).size).toBe(boxes.length);
    expect(ways.length).toBe(dot.split(' -> ').length - 1);
    for (const [, from, to] of ways) expect(boxes).toEqual(expect.arrayContaining([from, to]));
    expect(dot.match(/\bsubgraph "cluster_\d+" \{/g)).toHaveLength(dot.split('}').length - 2);
  });

  it('keeps names inside of their quotes', () => {
    const dot = writeDot(hostilePicture, allOpen);
    const outside = dot.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
    expect(outside).not.toMatch(/script|proto|\\/);
    expect(dot).toContain('\\"quoted\\" \\\\N \\\\\\"');
    expect(dot).toContain('&amp;lt;');
  });

  it('is one box at depth 0', () => {
    const picture = pictureOf(exampleGraph('LeNet5'));
    expect(writeDot(picture, openAt(picture, 0))).toMatch(/^ {2}model \[label="LeNet5<classes = 10>"/m);
  });
});

describe('Mermaid', () => {
  it('has every box once, ways between boxes that are there, and an end for each subgraph', () => {
    const text = writeMermaid(pictureOf(exampleGraph('ResNet34')), allOpen);
    const boxes = [...text.matchAll(/^ *(box\d+)[[(]/gm)].map(([, name]) => name);
    const ways = [...text.matchAll(/^ *(box\d+) -->\|"[\d×]+"\| (box\d+)$/gm)];
    expect(new Set(boxes).size).toBe(boxes.length);
    expect(ways.length).toBe(text.split('-->').length - 1);
    for (const [, from, to] of ways) expect(boxes).toEqual(expect.arrayContaining([from, to]));
    expect(text.match(/^ *subgraph /gm)).toHaveLength(text.match(/^ *end$/gm)?.length ?? 0);
  });

  it('writes what it could read as a mark as its number', () => {
    const [front = '', chart = ''] = writeMermaid(hostilePicture, allOpen).split('flowchart TB');
    expect(JSON.parse(front.split('title: ')[1]?.split('\n')[0] ?? '')).toBe(hostilePicture.title);
    const labels = [...chart.matchAll(/"([^"\n]*)"/g)].map(([, text = '']) => text.replaceAll('<br/>', ''));
    expect(labels.join('')).not.toMatch(/[<>"`\\%&]/);
    expect(labels.join(' ')).toContain('#60;#47;script#62;'.replace('#47;', '/'));
  });
});

describe('the page', () => {
  it('ends its data and its script only where they end', async () => {
    const html = await writeHtml(hostilePage, 'const a = "</script><!--";');
    expect(html.match(/<script\b/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
    const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({ picture: hostilePicture, open: [-1], drawing });
  });

  it('lets only its own script and styles in, by their hashes', async () => {
    const html = await writeHtml(hostilePage, 'start();');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('start();'));
    expect(policy).toContain(`script-src 'sha256-${Buffer.from(digest).toString('base64')}'`);
  });
});

describe('every format', () => {
  it('has the same bytes whenever it is written', async () => {
    const once = async (): Promise<readonly string[]> => {
      const picture = pictureOf(exampleGraph('SEResNet50'));
      const isOpen = openAt(picture, 2);
      const texts = [
        writeSvg(picture, isOpen, drawing),
        writeDot(picture, isOpen),
        writeMermaid(picture, isOpen),
      ];
      return [...texts, await writeHtml({ picture, isOpen, drawing }, 'start();')];
    };
    expect(await once()).toEqual(await once());
  });
});

/** The same picture with other texts. */
function named(picture: Picture): Picture {
  const children = picture.root.children.map((box, index): Box => {
    const text = hostile[index % hostile.length] ?? '';
    return { ...box, title: text, notes: hostile, facts: hostile };
  });
  return {
    ...picture,
    title: hostile.join(' '),
    root: { ...picture.root, children, title: hostile.join(' ') },
  };
}

/** The names of the tags of a text, those of texts left out: there are as many as lines. */
function tagsOf(xml: string): readonly string[] {
  return [...new Set([...xml.matchAll(/<\/?([a-z]+)/gi)].map(([, name = '']) => name))].toSorted();
}

/** The index: a card for each study, with its picture, its verdict and what it counts. */
export const overview = `
.search { display: flex; flex-wrap: wrap; gap: 0.6rem 1.5rem; align-items: end; margin: 1.5rem 0 0; border: 0; padding: 0; }
.search label { font-size: 0.9rem; } .search input[type="search"] { display: block; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft);
  border-radius: 6px; padding: 0.4rem 0.6rem; width: min(24rem, 100%); margin-top: 0.2rem; }
.search fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; font-size: 0.9rem; } .search legend { padding: 0; margin-bottom: 0.3rem; }
.search .found { color: var(--soft); font-size: 0.9rem; margin: 0; flex-basis: 100%; }
.overview { list-style: none; padding: 0; margin: 1.25rem 0 0; display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
.overview li { background: var(--raised); border: 1px solid var(--hair); border-radius: 8px; overflow: clip; display: flex; flex-direction: column;
  content-visibility: auto; contain-intrinsic-size: auto 24rem; position: relative; }
.overview li[hidden] { display: none; }
.overview .thumbnail { background: var(--ground); border-bottom: 1px solid var(--hair); padding: 0.5rem; display: block; width: 100%; height: auto; color: var(--ink); }
.overview .thumbnail.none { height: 9rem; }
.overview .card { padding: 0.8rem 1.1rem 1rem; } .overview h2 { margin: 0; padding: 0; border: 0; font-size: 1.05rem; }
.overview h2 a::after { content: ""; position: absolute; inset: 0; } .overview li:focus-within { outline: 3px solid var(--link); outline-offset: 2px; }
.overview h2 a:focus-visible { outline: none; } .overview p { margin: 0.4rem 0 0; } .overview .headline { font: inherit; font-size: 0.95rem; }
`;

/** Colours. Those of the series keep 3:1 against the ground in both themes and differ under the common forms of colour blindness; dash and symbol differ as well. */
export const themes = `
:root { color-scheme: light dark;
  --ground: #fdfdfb; --raised: #f4f4ef; --ink: #1b1d21; --soft: #565a62; --hair: #d5d5cd; --link: #0b5394;
  --holds: #0a6b3d; --fails: #a8281e; --undecided: #7a5200;
  --s0: #0b62a4; --s1: #c2470a; --s2: #067a5b; --s3: #a3327e; --s4: #8a6500; --s5: #5b4bc4; --s6: #0f7f96; --s7: #60646c; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14161a; --raised: #1d2026; --ink: #e9e7e1; --soft: #a9adb6; --hair: #3a3e47; --link: #8ec1f5;
  --holds: #5ccf97; --fails: #ff8d7f; --undecided: #e6b450;
  --s0: #64b1f0; --s1: #f59156; --s2: #45c39b; --s3: #e38bc6; --s4: #d9ae3c; --s5: #a99cf7; --s6: #52c4dc; --s7: #a4a8b0; } }
@media (forced-colors: active) { :root { --ground: Canvas; --raised: Canvas; --ink: CanvasText; --soft: CanvasText; --hair: GrayText; --link: LinkText; } .drawing :is(.ring, .cursor, .chosen) { stroke: Highlight; } }
`;

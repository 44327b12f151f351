import '@testing-library/jest-dom';

// axe measures glyphs on a canvas where there is one; jsdom only complains.
HTMLCanvasElement.prototype.getContext = () => null;

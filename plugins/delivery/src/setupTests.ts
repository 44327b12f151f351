import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A condition that comes is not waited for any longer by this; on a machine
// with much else to do it comes late.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// axe measures glyphs on a canvas where there is one; jsdom only complains.
HTMLCanvasElement.prototype.getContext = () => null;

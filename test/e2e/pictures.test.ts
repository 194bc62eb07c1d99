// The product as it looks in every kind of theme: the pictures are kept in out/screenshots for looking at.
import { takePictures, themes } from '../support/pictures';

describe('pictures', () => {
  for (const theme of themes) {
    it(`are taken in ${theme}`, async () => {
      await takePictures(theme);
    });
  }
});

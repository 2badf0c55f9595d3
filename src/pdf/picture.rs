//! Pages as pictures, for people to look at. Nothing is judged by them.

/// A page as it looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// 1-based.
    pub page: u32,
    /// Width of the page after `/Rotate`, in bp.
    pub width: f64,
    /// Height of the page after `/Rotate`, in bp.
    pub height: f64,
    /// A PNG file.
    pub png: Vec<u8>,
}

#[cfg(feature = "pictures")]
pub use drawing::draw;

#[cfg(feature = "pictures")]
mod drawing {
    use super::Picture;
    use crate::pdf::gate::gate;
    use crate::pdf::limits::{MAX_PICTURE_SIDE, MAX_PICTURES};
    use hayro::hayro_interpret::InterpreterSettings;
    use hayro::vello_cpu::Pixmap;
    use hayro::vello_cpu::color::palette::css::WHITE;
    use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
    use hayro_syntax::Pdf;
    use hayro_syntax::page::Page;
    use std::collections::BTreeSet;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    /// Greys of a picture: so many that type at this size reads as well as with all of them.
    const GREYS: u32 = 16;
    /// Steps of red, green and blue of a picture in colour.
    const STEPS: u32 = 6;
    /// Red, green and blue that are less than this apart are a grey.
    const LEAST_COLOUR: u8 = 16;

    /// Pixels a big point of a page that is seen small only: enough where it is a sixth as wide as the window.
    const SMALL: f32 = 0.5;

    /// Draws the pages, in order, and gives each to `take` as it is done; a page that cannot be drawn is left out.
    ///
    /// Pages in detail, by 1-based number, are drawn at one pixel a big point, the others at half of that.
    ///
    /// Drawing may take long on a hostile file: whoever calls it watches the clock.
    pub fn draw(bytes: &Arc<Vec<u8>>, in_detail: &BTreeSet<u32>, mut take: impl FnMut(Picture)) {
        // A panic on the way loses what is not drawn yet.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let Some(pdf) = gate(bytes).ok().and_then(|_| Pdf::new(bytes.clone()).ok()) else { return };
            let cache = RenderCache::new();
            for (index, page) in pdf.pages().iter().enumerate().take(MAX_PICTURES) {
                let number = index as u32 + 1;
                let most = if in_detail.contains(&number) { 1.0 } else { SMALL };
                let drawn = catch_unwind(AssertUnwindSafe(|| picture(page, &cache, number, most)));
                drawn.ok().flatten().into_iter().for_each(&mut take);
            }
        }));
    }

    /// One page, at most so many pixels a big point.
    fn picture<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, number: u32, most: f32) -> Option<Picture> {
        let (width, height) = page.render_dimensions();
        let longest = width.max(height);
        if !(longest.is_finite() && width >= 1.0 && height >= 1.0) {
            return None;
        }
        let scale = (MAX_PICTURE_SIDE / longest).min(most);
        let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        if width * scale < 1.0 || height * scale < 1.0 {
            return None;
        }
        let pixels = render(page, cache, &InterpreterSettings::default(), &RenderSettings::default(), &size);
        let png = encoded(&pixels)?;
        Some(Picture { page: number, width: width.into(), height: height.into(), png })
    }

    /// As a PNG of few greys, and of few colours where there are any: a tenth of the size of all of them.
    fn encoded(pixels: &Pixmap) -> Option<Vec<u8>> {
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        let codes: Vec<u8> =
            pixels.data_as_u8_slice().chunks_exact(4).map(|p| code(p[0], p[1], p[2])).collect();
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, width, height);
        encoder.set_compression(png::Compression::Balanced);
        let is_grey = codes.iter().all(|&code| u32::from(code) < GREYS);
        let data = if is_grey {
            encoder.set_color(png::ColorType::Grayscale);
            encoder.set_depth(png::BitDepth::Four);
            let pairs = codes.chunks(width as usize).flat_map(|row| row.chunks(2));
            pairs.map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
        } else {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette());
            codes
        };
        encoder.write_header().ok()?.write_image_data(&data).ok()?;
        Some(png)
    }

    /// The nearest entry of the palette.
    fn code(red: u8, green: u8, blue: u8) -> u8 {
        let near = |value: u8, steps: u32| (u32::from(value) * (steps - 1) + 127) / 255;
        let spread = red.max(green).max(blue) - red.min(green).min(blue);
        let code = if spread < LEAST_COLOUR {
            near(green, GREYS)
        } else {
            GREYS + (near(red, STEPS) * STEPS + near(green, STEPS)) * STEPS + near(blue, STEPS)
        };
        code as u8
    }

    /// Greys, then colours, three bytes each.
    fn palette() -> Vec<u8> {
        let step = |n: u32, steps: u32| (n * 255 / (steps - 1)) as u8;
        let greys = (0..GREYS).flat_map(|n| [step(n, GREYS); 3]);
        let colours = (0..STEPS.pow(3))
            .flat_map(|n| [n / STEPS / STEPS, n / STEPS % STEPS, n % STEPS].map(|part| step(part, STEPS)));
        greys.chain(colours).collect()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn every_code_is_in_the_palette_and_near_what_was_drawn() {
            let palette = palette();
            for colour in [[0, 0, 0], [255, 255, 255], [128, 130, 127], [255, 0, 0], [10, 90, 200]] {
                let at = usize::from(code(colour[0], colour[1], colour[2])) * 3;
                let near =
                    palette[at..at + 3].iter().zip(colour).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 26);
                assert!(near, "{colour:?} {:?}", &palette[at..at + 3]);
            }
        }

        #[test]
        fn what_is_no_pdf_has_no_pictures() {
            draw(&Arc::new(b"nothing".to_vec()), &BTreeSet::new(), |_| unreachable!("nothing is drawn"));
        }
    }
}

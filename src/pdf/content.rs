//! Runs content streams in one pass and collects what they paint. Source: ISO 32000-1 §8, §9 and annex A.

use super::filter::{FilterError, decode};
use super::font::Font;
use super::graphics::{Bounds, Matrix, Space, State};
use super::lexer::{Lexer, Operand};
use super::limits::{
    MAX_AREAS, MAX_CONTENT, MAX_FORM_DEPTH, MAX_FORMS, MAX_GLYPHS, MAX_OPERATORS, MAX_STATE_DEPTH,
};
use super::page::{Area, AreaKind, Glyph, Mark, Page, Paint, Turn};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page as SyntaxPage, Resources};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// What all pages of a document share: its fonts, its layers, and the budget of the whole reading.
#[derive(Default)]
pub(super) struct Shared {
    pub fonts: Vec<Font>,
    font_index: HashMap<(usize, usize), u16>,
    /// Layers that are off.
    pub hidden_layers: BTreeSet<(u32, i32)>,
    forms: HashMap<(u32, i32), Rc<Vec<u8>>>,
    form_bytes: usize,
    operators: u64,
    glyphs: u64,
    invocations: u64,
}

/// The reason a budget gives when it is spent.
const TOO_COMPLEX: &str = "too complex: it asks for more work than any paper does";

impl Shared {
    /// Reads one page and the appearances of its annotations.
    pub(super) fn read_page<'a>(&mut self, page: &SyntaxPage<'a>) -> Page {
        let (matrix, width, height) = Matrix::of_page(page);
        let mut out = Page { width: width as f32, height: height as f32, ..Page::default() };
        let (content, problem) = page_content(page);
        out.incomplete = problem;
        out.glyphs.reserve(content.len() / BYTES_A_GLYPH);
        let resources = page.resources().clone();
        let mut run = Run::new(self, &mut out, matrix);
        run.content(&content, &resources, 0);
        run.annotation = true;
        run.appearances(page.raw(), matrix);
        out
    }

    fn font(&mut self, dict: &Dict<'_>) -> Option<u16> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(&known) = self.font_index.get(&key) {
            return Some(known);
        }
        let index = u16::try_from(self.fonts.len()).ok()?;
        self.fonts.push(Font::read(dict));
        self.font_index.insert(key, index);
        Some(index)
    }
}

/// Content takes at least so many bytes a glyph in most papers; too many only cost a page of memory.
const BYTES_A_GLYPH: usize = 6;

/// The page's content streams, joined; and why a part of them is missing.
fn page_content(page: &SyntaxPage<'_>) -> (Vec<u8>, Option<String>) {
    let streams: Vec<Option<Stream<'_>>> = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![Some(stream)],
        Some(Object::Array(array)) => array.iter::<Object<'_>>().map(Object::into_stream).collect(),
        Some(Object::Null(_)) | None if !page.raw().contains_key("Contents") => Vec::new(),
        _ => vec![None],
    };
    let mut content = Vec::new();
    let mut problem = None;
    for stream in streams {
        match stream.map(|s| decode(&s, MAX_CONTENT.saturating_sub(content.len()))) {
            Some(Ok(part)) => {
                content.extend_from_slice(&part.data);
                content.push(b'\n');
                if !part.complete {
                    problem = Some("its content breaks off".to_owned());
                }
            }
            Some(Err(FilterError::TooLarge)) => return (content, Some(TOO_COMPLEX.to_owned())),
            Some(Err(FilterError::Damaged)) | None => problem = Some("its content is damaged".to_owned()),
        }
    }
    (content, problem)
}

/// The reading of one page.
struct Run<'s, 'p> {
    shared: &'s mut Shared,
    page: &'p mut Page,
    state: State,
    stack: Vec<State>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    /// Bounds of the subpaths of the current path, in page space.
    path: Vec<Bounds>,
    clip_next: bool,
    /// Marked content that is open: its mark, and whether its layer is off.
    marks: Vec<(Option<u32>, bool)>,
    annotation: bool,
    paint: Option<u32>,
    depth: u32,
    open_forms: Vec<ObjectIdentifier>,
}

type Operands<'c> = Vec<Operand<'c>>;

fn numbers<const N: usize>(operands: &[Operand<'_>]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let tail = operands.len().checked_sub(N)?;
    for (slot, operand) in out.iter_mut().zip(&operands[tail..]) {
        let Operand::Number(n) = operand else { return None };
        *slot = *n;
    }
    Some(out)
}

fn all_numbers(operands: &[Operand<'_>]) -> Vec<f64> {
    operands.iter().filter_map(|o| if let Operand::Number(n) = o { Some(*n) } else { None }).collect()
}

fn last_name<'c>(operands: &'c [Operand<'_>]) -> Option<&'c [u8]> {
    operands.iter().rev().find_map(|o| if let Operand::Name(n) = o { Some(&**n) } else { None })
}

impl<'s, 'p> Run<'s, 'p> {
    fn new(shared: &'s mut Shared, page: &'p mut Page, matrix: Matrix) -> Self {
        let sheet = Bounds { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
        Self {
            shared,
            page,
            state: State::new(matrix, sheet),
            stack: Vec::new(),
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            path: Vec::new(),
            clip_next: false,
            marks: Vec::new(),
            annotation: false,
            paint: None,
            depth: 0,
            open_forms: Vec::new(),
        }
    }

    fn stop(&mut self) {
        self.page.incomplete.get_or_insert_with(|| TOO_COMPLEX.to_owned());
    }

    /// Runs one content stream; what it saved and did not bring back is brought back at its end.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) {
        let (saved, floor, open_marks) = (self.state, self.stack.len(), self.marks.len());
        self.depth = depth;
        let mut lexer = Lexer::new(content);
        let mut operands = Operands::new();
        let mut fonts: HashMap<Vec<u8>, Option<u16>> = HashMap::new();
        while let Some(operator) = lexer.next_operator(&mut operands) {
            self.shared.operators += 1 + operands.len() as u64 / 64;
            if self.shared.operators > MAX_OPERATORS || self.shared.glyphs > MAX_GLYPHS {
                self.stop();
                break;
            }
            match operator {
                b"ID" => lexer.skip_inline_image(),
                b"EI" => self.image(),
                b"Tf" => self.select_font(&operands, resources, &mut fonts),
                b"q" if self.stack.len() - floor.min(self.stack.len()) < MAX_STATE_DEPTH => {
                    self.stack.push(self.state)
                }
                b"q" => {
                    self.stop();
                    break;
                }
                b"Q" if self.stack.len() > floor => {
                    self.state = self.stack.pop().unwrap_or(saved);
                    self.paint = None;
                }
                _ => {
                    let _ = self.text_operator(operator, &operands)
                        || self.path_operator(operator, &operands)
                        || self.color_operator(operator, &operands, resources)
                        || self.other_operator(operator, &operands, resources);
                }
            }
        }
        self.stack.truncate(floor);
        self.marks.truncate(open_marks);
        self.state = saved;
        self.paint = None;
        self.depth = depth;
    }

    fn select_font(
        &mut self,
        operands: &Operands<'_>,
        resources: &Resources<'_>,
        fonts: &mut HashMap<Vec<u8>, Option<u16>>,
    ) {
        let Some(name) = last_name(operands) else { return };
        let index = match fonts.get(name) {
            Some(known) => *known,
            None => {
                let dict = resources.fonts.get::<Dict<'_>>(name);
                let index = dict.and_then(|d| self.shared.font(&d));
                fonts.insert(name.to_vec(), index);
                index
            }
        };
        self.state.text.font = index;
        if let Some([size]) = numbers(operands) {
            self.state.text.size = size;
        }
    }

    fn text_operator(&mut self, operator: &[u8], operands: &Operands<'_>) -> bool {
        let text = &mut self.state.text;
        let number = numbers::<1>(operands).map(|[n]| n);
        match operator {
            b"BT" => {
                self.text_matrix = Matrix::IDENTITY;
                self.line_matrix = Matrix::IDENTITY;
            }
            b"ET" => {}
            b"Tc" => text.character_spacing = number.unwrap_or(0.0),
            b"Tw" => text.word_spacing = number.unwrap_or(0.0),
            b"Tz" => text.horizontal_scale = number.unwrap_or(100.0) / 100.0,
            b"TL" => text.leading = number.unwrap_or(0.0),
            b"Ts" => text.rise = number.unwrap_or(0.0),
            b"Tr" => {
                text.mode = number.unwrap_or(0.0).clamp(0.0, 7.0) as u8;
                self.paint = None;
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers(operands) {
                    if operator == b"TD" {
                        text.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"Tm" => {
                if let Some(m) = numbers(operands) {
                    self.line_matrix = Matrix(m);
                    self.text_matrix = self.line_matrix;
                }
            }
            b"T*" => self.next_line(0.0, -self.state.text.leading),
            b"Tj" | b"TJ" => self.show(operands),
            b"'" | b"\"" => {
                if let (b"\"", [Operand::Number(word), Operand::Number(character), ..]) =
                    (operator, &operands[..])
                {
                    text.word_spacing = *word;
                    text.character_spacing = *character;
                }
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
            _ => return false,
        }
        true
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.line_matrix);
        self.text_matrix = self.line_matrix;
    }

    /// Shows strings, and moves by the numbers between them.
    fn show(&mut self, operands: &Operands<'_>) {
        let paint = self.current_paint();
        let text = self.state.text;
        let matrix = self.text_matrix.then(&self.state.ctm);
        let mut along = 0.0;
        for operand in operands {
            match operand {
                Operand::Number(n) => along -= n / 1000.0 * text.size * text.horizontal_scale,
                Operand::String(string) => {
                    if let Some(font) = text.font {
                        along = self.show_string(string, font, &matrix, along, paint);
                    }
                }
                _ => {}
            }
        }
        let [a, b, c, d, e, f] = self.text_matrix.0;
        let vertical = text.font.is_some_and(|i| self.shared.fonts[usize::from(i)].is_vertical());
        let (x, y) = if vertical { (0.0, -along) } else { (along, 0.0) };
        self.text_matrix = Matrix([a, b, c, d, e + a * x + c * y, f + b * x + d * y]);
    }

    fn show_string(&mut self, string: &[u8], index: u16, matrix: &Matrix, start: f64, paint: u32) -> f64 {
        let text = self.state.text;
        let font = &self.shared.fonts[usize::from(index)];
        let [a, b, c, d, e, f] = matrix.0;
        let vertical = font.is_vertical();
        let em = text.size * f64::from(font.em);
        let size = (c.hypot(d) * em.abs()) as f32;
        let turn = turn_of(a * text.size.signum(), b * text.size.signum(), vertical);
        let (up, down) = (em * f64::from(font.ascent), em * f64::from(font.descent));
        let (mut along, mut rest) = (start, string);
        while !rest.is_empty() {
            let code = font.code(rest);
            let is_space = code.length == 1 && rest[0] == b' ';
            rest = &rest[code.length.max(1).min(rest.len())..];
            let width = f64::from(code.advance) * text.size * text.horizontal_scale;
            let spacing = text.character_spacing + if is_space { text.word_spacing } else { 0.0 };
            let (x, y) = if vertical { (0.0, -along) } else { (along, 0.0) };
            let origin = (e + a * x + c * (y + text.rise), f + b * x + d * (y + text.rise));
            let area = if turn == Turn::Upright {
                let right = origin.0 + a * width;
                Bounds {
                    left: origin.0.min(right) as f32,
                    top: (origin.1 + d * up).min(origin.1 + d * down) as f32,
                    right: origin.0.max(right) as f32,
                    bottom: (origin.1 + d * up).max(origin.1 + d * down) as f32,
                }
            } else {
                Matrix([a, b, c, d, origin.0, origin.1]).bounds([0.0, down, width, up])
            };
            let finite = area.left.is_finite()
                && area.top.is_finite()
                && area.right.is_finite()
                && area.bottom.is_finite();
            if finite {
                self.page.glyphs.push(Glyph {
                    area,
                    baseline: origin.1 as f32,
                    size,
                    text: code.text,
                    font: index,
                    turn,
                    paint,
                });
            }
            self.shared.glyphs += 1;
            along += if vertical { text.size + spacing } else { width + spacing * text.horizontal_scale };
            if self.shared.glyphs > MAX_GLYPHS {
                break;
            }
        }
        along
    }

    fn current_paint(&mut self) -> u32 {
        if let Some(paint) = self.paint {
            return paint;
        }
        let paint = Paint {
            fill: self.state.fill,
            mode: self.state.text.mode,
            alpha: self.state.fill_alpha,
            clip: self.state.clip,
            hidden_layer: self.marks.iter().any(|(_, hidden)| *hidden),
            annotation: self.annotation,
            mark: self.marks.iter().rev().find_map(|(mark, _)| *mark),
        };
        let paints = &mut self.page.paints;
        let known = paints.iter().rev().take(8).position(|p| *p == paint).map(|i| paints.len() - 1 - i);
        let index = known.unwrap_or_else(|| {
            paints.push(paint);
            paints.len() - 1
        }) as u32;
        self.paint = Some(index);
        index
    }

    fn path_operator(&mut self, operator: &[u8], operands: &Operands<'_>) -> bool {
        match operator {
            b"m" | b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    self.path_point(operator == b"m", &[(x, y)]);
                }
            }
            b"c" => {
                if let Some([x1, y1, x2, y2, x3, y3]) = numbers(operands) {
                    self.path_point(false, &[(x1, y1), (x2, y2), (x3, y3)]);
                }
            }
            b"v" | b"y" => {
                if let Some([x1, y1, x2, y2]) = numbers(operands) {
                    self.path_point(false, &[(x1, y1), (x2, y2)]);
                }
            }
            b"re" => {
                if let Some([x, y, w, h]) = numbers(operands) {
                    self.path_point(true, &[(x, y), (x + w, y), (x, y + h), (x + w, y + h)]);
                }
            }
            b"h" => {}
            b"W" | b"W*" => self.clip_next = true,
            b"n" => self.paint_path(false, false),
            b"f" | b"F" | b"f*" => self.paint_path(true, false),
            b"S" | b"s" => self.paint_path(false, true),
            b"B" | b"B*" | b"b" | b"b*" => self.paint_path(true, true),
            b"w" => {
                if let Some([width]) = numbers(operands) {
                    self.state.line_width = width;
                }
            }
            _ => return false,
        }
        true
    }

    fn path_point(&mut self, starts: bool, points: &[(f64, f64)]) {
        if starts || self.path.is_empty() {
            if self.path.len() >= MAX_AREAS {
                return;
            }
            self.path.push(Bounds::EMPTY);
        }
        if let Some(subpath) = self.path.last_mut() {
            for &(x, y) in points {
                let (px, py) = self.state.ctm.point(x, y);
                subpath.add(px, py);
            }
        }
    }

    fn paint_path(&mut self, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        let [a, b, c, d, ..] = self.state.ctm.0;
        let half_line = self.state.line_width.abs() * (a * d - b * c).abs().sqrt() / 2.0;
        for subpath in path.iter().filter(|p| !p.is_empty()) {
            if fill {
                self.area(*subpath, AreaKind::Fill, self.state.fill);
            }
            if stroke {
                self.area(subpath.grown(half_line), AreaKind::Stroke, self.state.stroke);
            }
        }
        if std::mem::take(&mut self.clip_next) {
            let whole = path.iter().fold(Bounds::EMPTY, |all, p| all.union(p));
            self.state.clip = self.state.clip.intersect(&whole);
            self.paint = None;
        }
    }

    fn area(&mut self, bounds: Bounds, kind: AreaKind, color: super::graphics::Color) {
        let bounds = bounds.intersect(&self.state.clip);
        let hidden = self.marks.iter().any(|(_, hidden)| *hidden);
        if !bounds.is_empty() && !hidden && self.page.areas.len() < MAX_AREAS {
            let after_glyphs = self.page.glyphs.len() as u32;
            self.page.areas.push(Area { bounds, kind, color, after_glyphs });
        }
    }

    fn image(&mut self) {
        let bounds = self.state.ctm.bounds([0.0, 0.0, 1.0, 1.0]);
        self.area(bounds, AreaKind::Image, None);
    }

    fn color_operator(
        &mut self,
        operator: &[u8],
        operands: &Operands<'_>,
        resources: &Resources<'_>,
    ) -> bool {
        let state = &mut self.state;
        let device = match operator {
            b"g" | b"G" => Some(Space::Gray),
            b"rg" | b"RG" => Some(Space::Rgb),
            b"k" | b"K" => Some(Space::Cmyk),
            _ => None,
        };
        if let Some(space) = device {
            let color = space.color(&all_numbers(operands));
            if operator[0].is_ascii_lowercase() {
                (state.fill_space, state.fill) = (space, color);
            } else {
                (state.stroke_space, state.stroke) = (space, color);
            }
        } else {
            match operator {
                b"cs" | b"CS" => {
                    let space = last_name(operands).map_or(Space::Unknown, |n| Space::named(n, resources));
                    let black = if space == Space::Unknown { None } else { Some([0; 3]) };
                    if operator == b"cs" {
                        (state.fill_space, state.fill) = (space, black);
                    } else {
                        (state.stroke_space, state.stroke) = (space, black);
                    }
                }
                b"sc" | b"scn" => state.fill = state.fill_space.color(&all_numbers(operands)),
                b"SC" | b"SCN" => state.stroke = state.stroke_space.color(&all_numbers(operands)),
                _ => return false,
            }
        }
        self.paint = None;
        true
    }

    fn other_operator(
        &mut self,
        operator: &[u8],
        operands: &Operands<'_>,
        resources: &Resources<'_>,
    ) -> bool {
        match operator {
            b"cm" => {
                if let Some(m) = numbers(operands) {
                    self.state.ctm = Matrix(m).then(&self.state.ctm);
                }
            }
            b"gs" => self.graphics_state(operands, resources),
            b"Do" => self.x_object(operands, resources),
            b"sh" => self.area(self.state.clip, AreaKind::Shading, None),
            b"BMC" | b"BDC" => self.begin_mark(operands, resources),
            b"EMC" => {
                self.marks.pop();
                self.paint = None;
            }
            _ => return false,
        }
        true
    }

    fn graphics_state(&mut self, operands: &Operands<'_>, resources: &Resources<'_>) {
        let Some(dict) = last_name(operands).and_then(|n| resources.ext_g_states.get::<Dict<'_>>(n)) else {
            return;
        };
        if let Some(alpha) = dict.get::<Number>("ca") {
            self.state.fill_alpha = alpha.as_f32();
            self.paint = None;
        }
        if let Some(width) = dict.get::<Number>("LW") {
            self.state.line_width = width.as_f64();
        }
        if let Some(array) = dict.get::<Array<'_>>("Font") {
            let mut items = array.iter::<Object<'_>>();
            if let (Some(font), Some(size)) =
                (items.next().and_then(Object::into_dict), items.next().and_then(Object::into_number))
            {
                self.state.text.font = self.shared.font(&font);
                self.state.text.size = size.as_f64();
            }
        }
    }

    fn begin_mark(&mut self, operands: &Operands<'_>, resources: &Resources<'_>) {
        self.paint = None;
        let mut names =
            operands.iter().filter_map(|o| if let Operand::Name(n) = o { Some(&**n) } else { None });
        let tag = names.next().unwrap_or_default();
        let inline_text = actual_text(operands);
        let properties = match operands.last() {
            Some(Operand::Name(n)) if operands.len() > 1 => Some(&**n),
            _ => None,
        };
        let hidden = tag == b"OC" && properties.is_some_and(|n| self.is_layer_off(n, resources));
        let named_text = properties
            .and_then(|n| resources.properties.get::<Dict<'_>>(n))
            .and_then(|d| d.get::<hayro_syntax::object::String<'_>>("ActualText"))
            .map(|s| super::metadata::text_string(&s));
        let actual_text = inline_text.or(named_text);
        let keep = actual_text.is_some() || self.page.marks.last().is_none_or(|m| m.tag.as_bytes() != tag);
        if keep && self.page.marks.len() < MAX_AREAS {
            self.page.marks.push(Mark { tag: String::from_utf8_lossy(tag).into_owned(), actual_text });
        }
        self.marks.push((Some(self.page.marks.len().saturating_sub(1) as u32), hidden));
    }

    fn is_layer_off(&self, name: &[u8], resources: &Resources<'_>) -> bool {
        let off = |r: hayro_syntax::object::ObjRef| {
            self.shared.hidden_layers.contains(&(r.obj_number, r.gen_number))
        };
        if resources.properties.get_ref(name).is_some_and(off) {
            return true;
        }
        resources.properties.get::<Dict<'_>>(name).is_some_and(|group| is_membership_off(&group, &off))
    }

    fn x_object(&mut self, operands: &Operands<'_>, resources: &Resources<'_>) {
        let Some(stream) = last_name(operands).and_then(|n| resources.x_objects.get::<Stream<'_>>(n)) else {
            return;
        };
        let off = |r: hayro_syntax::object::ObjRef| {
            self.shared.hidden_layers.contains(&(r.obj_number, r.gen_number))
        };
        let hidden = stream.dict().get_ref("OC").is_some_and(off)
            || stream.dict().get::<Dict<'_>>("OC").is_some_and(|group| is_membership_off(&group, &off));
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Form") => {
                self.marks.push((self.marks.iter().rev().find_map(|(m, _)| *m), hidden));
                self.paint = None;
                self.form(&stream, resources, None);
                self.marks.pop();
                self.paint = None;
            }
            Some(b"Image") if !hidden => self.image(),
            _ => {}
        }
    }

    /// Runs a form; `placed` is the matrix that an annotation adds. Source: ISO 32000-1 §8.10.
    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, placed: Option<Matrix>) {
        self.shared.invocations += 1;
        let id = form.obj_id();
        if self.shared.invocations > MAX_FORMS || self.depth >= MAX_FORM_DEPTH {
            return self.stop();
        }
        if self.open_forms.contains(&id) {
            return; // a form that shows itself shows nothing, as in viewers
        }
        let Some(content) = self.form_content(form) else { return };
        let saved = (self.state, self.text_matrix, self.line_matrix, self.depth);
        let matrix =
            form.dict().get::<Array<'_>>("Matrix").and_then(|m| matrix_of(&m)).unwrap_or(Matrix::IDENTITY);
        self.state.ctm = matrix.then(&placed.unwrap_or(Matrix::IDENTITY)).then(&self.state.ctm);
        if let Some(r) = form.dict().get::<hayro_syntax::object::Rect>("BBox") {
            self.state.clip = self.state.clip.intersect(&self.state.ctm.bounds([r.x0, r.y0, r.x1, r.y1]));
        }
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        self.open_forms.push(id);
        self.content(&content, own.as_ref().unwrap_or(outer), saved.3 + 1);
        self.open_forms.pop();
        (self.state, self.text_matrix, self.line_matrix, self.depth) = saved;
    }

    fn form_content(&mut self, form: &Stream<'_>) -> Option<Rc<Vec<u8>>> {
        let key = (form.obj_id().obj_number, form.obj_id().gen_number);
        if let Some(known) = self.shared.forms.get(&key) {
            return Some(known.clone());
        }
        let left = (2 * MAX_CONTENT).saturating_sub(self.shared.form_bytes).min(MAX_CONTENT);
        match decode(form, left) {
            Ok(content) => {
                if !content.complete {
                    self.page.incomplete.get_or_insert_with(|| "a figure in it breaks off".to_owned());
                }
                let content = Rc::new(content.data.into_owned());
                self.shared.form_bytes += content.len();
                self.shared.forms.insert(key, content.clone());
                Some(content)
            }
            Err(FilterError::TooLarge) => {
                self.stop();
                None
            }
            Err(FilterError::Damaged) => {
                self.page.incomplete.get_or_insert_with(|| "a figure in it is damaged".to_owned());
                None
            }
        }
    }

    /// Runs the normal appearances of annotations that are shown. Source: ISO 32000-1 §12.5.5.
    fn appearances(&mut self, page: &Dict<'_>, matrix: Matrix) {
        let Some(annotations) = page.get::<Array<'_>>("Annots") else { return };
        for annotation in annotations.iter::<Dict<'_>>().take(super::limits::MAX_ENTRIES) {
            let flags = annotation.get::<i32>("F").unwrap_or(0);
            let hidden = flags & 0b10_0010 != 0; // hidden, or not for the screen
            let link_or_popup =
                matches!(annotation.get::<Name<'_>>("Subtype").as_deref(), Some(b"Link" | b"Popup"));
            let (Some(stream), Some(rect)) =
                (appearance(&annotation), annotation.get::<hayro_syntax::object::Rect>("Rect"))
            else {
                continue;
            };
            if hidden || link_or_popup {
                continue;
            }
            let bbox = stream.dict().get::<hayro_syntax::object::Rect>("BBox").unwrap_or(rect);
            let own = stream
                .dict()
                .get::<Array<'_>>("Matrix")
                .and_then(|m| matrix_of(&m))
                .unwrap_or(Matrix::IDENTITY);
            let from = own.bounds([bbox.x0, bbox.y0, bbox.x1, bbox.y1]);
            let (w, h) = (f64::from(from.right - from.left), f64::from(from.bottom - from.top));
            let (sx, sy) =
                (if w > 0.0 { rect.width() / w } else { 1.0 }, if h > 0.0 { rect.height() / h } else { 1.0 });
            let placed = Matrix([
                sx,
                0.0,
                0.0,
                sy,
                rect.x0 - f64::from(from.left) * sx,
                rect.y0 - f64::from(from.top) * sy,
            ]);
            let sheet = Bounds { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height };
            self.state = State::new(matrix, sheet);
            self.depth = 0;
            self.form(&stream, &Resources::new(Dict::empty()), Some(placed));
        }
    }
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let appearances = annotation.get::<Dict<'a>>("AP")?;
    if let Some(stream) = appearances.get::<Stream<'a>>("N") {
        return Some(stream);
    }
    let states = appearances.get::<Dict<'a>>("N")?;
    states.get::<Stream<'a>>(annotation.get::<Name<'a>>("AS")?)
}

/// Whether a membership dictionary hides its content: all its layers are off. Source: ISO 32000-1 §8.11.2.2.
fn is_membership_off(group: &Dict<'_>, off: &impl Fn(hayro_syntax::object::ObjRef) -> bool) -> bool {
    if let Some(layer) = group.get_ref("OCGs").filter(|_| group.get::<Array<'_>>("OCGs").is_none()) {
        return off(layer);
    }
    let Some(layers) = group.get::<Array<'_>>("OCGs") else { return false };
    let refs: Vec<_> = layers.raw_iter().filter_map(|l| l.as_obj_ref()).collect();
    !refs.is_empty() && refs.into_iter().all(off)
}

fn actual_text(operands: &[Operand<'_>]) -> Option<String> {
    let at = operands.iter().position(|o| matches!(o, Operand::Name(n) if &**n == b"ActualText"))?;
    match operands.get(at + 1) {
        Some(Operand::String(s)) => Some(super::metadata::text_string(s)),
        _ => None,
    }
}

fn matrix_of(array: &Array<'_>) -> Option<Matrix> {
    let values: Vec<f64> = array.iter::<Number>().take(6).map(|n| n.as_f64()).collect();
    values.try_into().ok().map(Matrix)
}

/// How far a baseline may lean and still be upright: half a degree.
const LEAN: f64 = 0.01;

fn turn_of(a: f64, b: f64, vertical: bool) -> Turn {
    if vertical {
        Turn::Other
    } else if a > 0.0 && b.abs() <= a * LEAN {
        Turn::Upright
    } else if b < 0.0 && a.abs() <= -b * LEAN {
        Turn::Up
    } else {
        Turn::Other
    }
}

//! Runs content streams in one pass and collects what they paint. Source: ISO 32000-1 §8, §9 and annex A.
//!
//! This file runs the operators, which `operator` names; `show` places text, `paint` paths and colours, `mark` knows
//! layers, `form` runs forms, which `drawing` keeps in pieces; `ends` reads the pages of a document from both ends at
//! once.

mod drawing;
mod ends;
mod form;
mod mark;
mod operator;
mod paint;
mod show;

use self::form::{Figure, FormContent};
use self::operator::Operator;
use self::paint::Subpath;
use crate::pdf::effort::PageEffort;
use crate::pdf::filter::{FilterError, decode};
use crate::pdf::font::Font;
use crate::pdf::graphics::{Bounds, Matrix, State};
use crate::pdf::lexer::{Lexer, Operand};
use crate::pdf::limits::{MAX_CONTENT, MAX_FONTS, MAX_SHEET, MAX_STATE_DEPTH};
use crate::pdf::page::{AreaKind, Page};
use crate::pdf::text::{rows, words};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page as SyntaxPage, Resources};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::rc::Rc;

/// What all pages of a document share: its fonts, its layers, and the budget of the whole reading.
#[derive(Default)]
pub(super) struct Shared {
    /// The number of operators from which the budget is looked at again.
    next_look: u64,
    pub fonts: Vec<Font>,
    font_index: BTreeMap<FontKey, KnownFont>,
    /// The fonts that the page named which was read last, in the order in which it did so first.
    named: Vec<FontKey>,
    pages_read: usize,
    /// Layers that are off.
    pub hidden_layers: BTreeSet<(u32, i32)>,
    /// The content of forms by their numbers.
    forms: BTreeMap<(u32, i32), Known<FormContent>>,
    form_bytes: usize,
    /// Bytes of forms that are kept as drawings too.
    drawn: usize,
    /// What was asked for so far.
    pub effort: PageEffort,
}

/// Something that is read once, and the bytes that reading it cost.
struct Known<T> {
    what: T,
    cost: usize,
}

/// Where the dictionary of a font lies, and its length.
type FontKey = (usize, usize);

struct KnownFont {
    index: u16,
    /// The bytes that reading it cost.
    cost: usize,
    /// The page that named it last, by the count of pages read.
    named_on: usize,
}

/// The reason a budget gives when it is spent.
const TOO_COMPLEX: &str = "too complex: it asks for more work than any paper does";

impl Shared {
    /// Reads one page and the appearances of its annotations.
    fn read_page<'a>(&mut self, page: &SyntaxPage<'a>) -> Page {
        self.pages_read += 1;
        self.named.clear();
        let (matrix, width, height) = Matrix::of_page(page);
        let is_sheet = [width, height].iter().all(|side| (0.0..=MAX_SHEET).contains(side));
        if !is_sheet {
            return Page {
                incomplete: Some("its size is none that a page can have".to_owned()),
                ..Page::default()
            };
        }
        let mut out = Page { width: width as f32, height: height as f32, ..Page::default() };
        if self.is_spent() {
            out.incomplete = Some(TOO_COMPLEX.to_owned());
            return out;
        }
        let (content, problem) = page_content(page, &mut self.effort);
        out.incomplete = problem;
        out.glyphs.reserve((content.len() / BYTES_A_GLYPH).min(USUAL_GLYPHS));
        let resources = page.resources().clone();
        let mut run = Run::new(self, &mut out, matrix);
        run.content(&content, &resources, 0);
        run.annotation = true;
        run.appearances(page.raw(), matrix);
        out.rows = rows(words(&out, &self.fonts));
        out
    }

    /// Whether it is time to look at the budget again: not at every operator, of which a drawing has a million.
    fn is_looked_at(&mut self) -> bool {
        let is_due = self.effort.operators >= self.next_look;
        if is_due {
            self.next_look = self.effort.operators + OPERATORS_BETWEEN;
        }
        is_due
    }

    /// Whether the document asked for more work than any paper does.
    fn is_spent(&self) -> bool {
        self.effort.is_spent() || self.fonts.len() >= MAX_FONTS
    }

    fn font(&mut self, dict: &Dict<'_>) -> Option<u16> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        let page = self.pages_read;
        if let Some(known) = self.font_index.get_mut(&key) {
            if std::mem::replace(&mut known.named_on, page) != page {
                self.named.push(key);
            }
            return Some(known.index);
        }
        if self.is_spent() {
            return None;
        }
        let index = u16::try_from(self.fonts.len()).ok()?;
        let mut cost = 0;
        self.fonts.push(Font::read(dict, &mut cost));
        self.effort.font_bytes += cost;
        self.font_index.insert(key, KnownFont { index, cost, named_on: page });
        self.named.push(key);
        Some(index)
    }
}

/// Operators between two looks at the budget. Forms and fonts, which may cost much each, look for themselves.
const OPERATORS_BETWEEN: u64 = 64;
/// Most operators have no more operands.
const USUAL_OPERANDS: usize = 8;
/// A page of text has at most so many glyphs; a fuller one grows as it is read.
const USUAL_GLYPHS: usize = 8_000;
/// Content takes at least so many bytes a glyph in most papers; too many only cost a page of memory.
const BYTES_A_GLYPH: usize = 6;

/// The page's content streams, joined; and why a part of them is missing.
fn page_content(page: &SyntaxPage<'_>, effort: &mut PageEffort) -> (Vec<u8>, Option<String>) {
    let list;
    let streams: Box<dyn Iterator<Item = Option<Stream<'_>>>> = match page.raw().get::<Object<'_>>("Contents")
    {
        Some(Object::Stream(stream)) => Box::new(std::iter::once(Some(stream))),
        Some(Object::Array(array)) => {
            list = array;
            Box::new(list.iter::<Object<'_>>().map(Object::into_stream))
        }
        Some(Object::Null(_)) | None if !page.raw().contains_key("Contents") => Box::new(std::iter::empty()),
        _ => Box::new(std::iter::once(None)),
    };
    let (mut content, mut problem) = (Vec::new(), None);
    for stream in streams {
        if effort.is_spent() {
            return (content, Some(TOO_COMPLEX.to_owned()));
        }
        let left = MAX_CONTENT.saturating_sub(content.len());
        match stream.map(|s| decode(&s, left, &mut effort.decoded)) {
            Some(Ok(part)) => {
                if content.is_empty() {
                    content = part.data.into_owned();
                } else {
                    content.extend_from_slice(&part.data);
                }
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
    /// The subpaths of the current path.
    path: Vec<Subpath>,
    clip_next: bool,
    /// Marked content that is open: its mark, and whether its layer is off.
    marks: Vec<(Option<u32>, bool)>,
    annotation: bool,
    paint: Option<u32>,
    depth: u32,
    /// The form that is run, by the count of forms; 0 for the page itself.
    form: u32,
    open_forms: Vec<ObjectIdentifier>,
}

type Operands<'c> = [Operand<'c>];

fn numbers<const N: usize>(operands: &[Operand<'_>]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let tail = operands.len().checked_sub(N)?;
    for (slot, operand) in out.iter_mut().zip(&operands[tail..]) {
        let Operand::Number(n) = operand else { return None };
        *slot = *n;
    }
    Some(out)
}

/// The most components that a colour has. Source: ISO 32000-1 annex C, `DeviceN`.
const MOST_COMPONENTS: usize = 32;

/// The numbers among the operands of a colour, and how many they are.
fn components(operands: &[Operand<'_>]) -> ([f64; MOST_COMPONENTS], usize) {
    let (mut out, mut count) = ([0.0; MOST_COMPONENTS], 0);
    for operand in operands.iter().take(MOST_COMPONENTS) {
        if let Operand::Number(n) = operand {
            out[count] = *n;
            count += 1;
        }
    }
    (out, count)
}

/// What an operator counts for, by its operands.
fn effort_of(operands: &Operands<'_>) -> u64 {
    1 + operands.len() as u64 / 64
}

fn last_name<'c>(operands: &[Operand<'c>]) -> Option<Cow<'c, [u8]>> {
    operands.iter().rev().find_map(|operand| operand.name())
}

/// What a content stream leaves as it was.
struct Frame {
    saved: State,
    floor: usize,
    open_marks: usize,
    outer_depth: u32,
}

/// What a content stream found behind the names it used: most is looked up once for each name.
#[derive(Default)]
struct Found<'c, 'a> {
    fonts: BTreeMap<Cow<'c, [u8]>, Option<u16>>,
    figures: BTreeMap<Cow<'c, [u8]>, Rc<Figure<'a>>>,
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
            form: 0,
            open_forms: Vec::new(),
        }
    }

    fn stop(&mut self) {
        self.page.incomplete.get_or_insert_with(|| TOO_COMPLEX.to_owned());
    }

    /// Notes that a part of the page cannot be shown.
    fn lacks(&mut self, what: &str) {
        self.page.incomplete.get_or_insert_with(|| what.to_owned());
    }

    /// Runs one content stream; what it saved and did not bring back is brought back at its end.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) {
        let frame = self.begin(content.len(), depth);
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::with_capacity(USUAL_OPERANDS);
        let mut found = Found::default();
        while let Some(word) = lexer.next_operator(&mut operands) {
            let operator = Operator::named(word);
            if operator == Some(Operator::InlineImage) {
                lexer.skip_inline_image();
            }
            if lexer.is_overrun() {
                self.stop();
                break;
            }
            if self.step(operator, &operands, resources, &mut found, &frame).is_break() {
                break;
            }
        }
        self.end(&frame);
    }

    fn begin(&mut self, length: usize, depth: u32) -> Frame {
        let outer_depth = std::mem::replace(&mut self.depth, depth);
        self.shared.effort.content_run += length;
        Frame { saved: self.state, floor: self.stack.len(), open_marks: self.marks.len(), outer_depth }
    }

    fn end(&mut self, frame: &Frame) {
        // What was asked for since the last look counts too.
        if self.shared.is_spent() {
            self.stop();
        }
        self.stack.truncate(frame.floor);
        self.marks.truncate(frame.open_marks);
        self.state = frame.saved;
        self.paint = None;
        self.depth = frame.outer_depth;
    }

    /// Runs one operator; breaks where the content asks for more than is done.
    #[inline]
    fn step<'c, 'a>(
        &mut self,
        operator: Option<Operator>,
        operands: &Operands<'c>,
        resources: &Resources<'a>,
        found: &mut Found<'c, 'a>,
        frame: &Frame,
    ) -> ControlFlow<()> {
        self.shared.effort.operators += effort_of(operands);
        if self.shared.is_looked_at() && self.shared.is_spent() {
            self.stop();
            return ControlFlow::Break(());
        }
        match operator {
            None => ControlFlow::Continue(()),
            // A plot has a million of these.
            Some(Operator::Path(operator)) => {
                self.path_operator(operator, operands);
                ControlFlow::Continue(())
            }
            Some(operator) => self.run(operator, operands, resources, found, frame),
        }
    }

    /// Runs an operator that is not of paths.
    #[inline(never)]
    fn run<'c, 'a>(
        &mut self,
        operator: Operator,
        operands: &Operands<'c>,
        resources: &Resources<'a>,
        found: &mut Found<'c, 'a>,
        frame: &Frame,
    ) -> ControlFlow<()> {
        match operator {
            Operator::Text(operator) => {
                self.text_operator(operator, operands, resources, &mut found.fonts);
            }
            Operator::Color(operator) => self.color_operator(operator, operands, resources),
            Operator::Save if self.stack.len().saturating_sub(frame.floor) >= MAX_STATE_DEPTH => {
                self.stop();
                return ControlFlow::Break(());
            }
            Operator::Save => self.stack.push(self.state),
            Operator::Restore if self.stack.len() > frame.floor => {
                self.state = self.stack.pop().unwrap_or(frame.saved);
                self.paint = None;
            }
            Operator::Restore => {}
            Operator::XObject => self.x_object(operands, resources, &mut found.figures),
            _ => self.other_operator(operator, operands, resources),
        }
        ControlFlow::Continue(())
    }

    fn other_operator(&mut self, operator: Operator, operands: &Operands<'_>, resources: &Resources<'_>) {
        match operator {
            Operator::Concatenate => {
                if let Some(m) = numbers(operands) {
                    self.state.ctm = Matrix(m).then(&self.state.ctm);
                }
            }
            Operator::GraphicsState => self.graphics_state(operands, resources),
            Operator::InlineImage => self.image(false),
            Operator::Shading => self.area(self.state.clip, AreaKind::Shading, None, true),
            Operator::BeginMark => self.begin_mark(operands, resources),
            Operator::EndMark => {
                self.marks.pop();
                self.paint = None;
            }
            _ => {}
        }
    }

    fn graphics_state(&mut self, operands: &Operands<'_>, resources: &Resources<'_>) {
        let Some(dict) = last_name(operands).and_then(|n| resources.ext_g_states.get::<Dict<'_>>(n)) else {
            return;
        };
        self.shared.effort.look_up(&dict);
        if let Some(alpha) = dict.get::<Number>("ca") {
            self.state.fill_alpha = alpha.as_f32();
            self.paint = None;
        }
        if let Some(alpha) = dict.get::<Number>("CA") {
            self.state.stroke_alpha = alpha.as_f32();
            self.paint = None;
        }
        let mask = dict.get::<Object<'_>>("SMask");
        let blend = dict.get::<Name<'_>>("BM");
        if mask.is_some() || blend.is_some() {
            let masked = matches!(mask, Some(Object::Dict(_)));
            let blended = blend.is_some_and(|b| !matches!(b.as_str(), "Normal" | "Compatible"));
            self.state.is_mixed = masked || blended;
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
}

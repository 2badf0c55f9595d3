//! Form XObjects and the appearances of annotations. Source: ISO 32000-1 §8.10 and §12.5.5.

use super::drawing::{Drawing, MOST_DRAWN, Outline};
use super::mark::is_membership_off;
use super::{Known, Operands, Run, last_name};
use crate::pdf::filter::{FilterError, decode};
use crate::pdf::graphics::{Bounds, Matrix, State};
use crate::pdf::limits::{MAX_CONTENT, MAX_ENTRIES, MAX_FORM_DEPTH, MAX_FORMS};
use crate::pdf::object::id_of;
use hayro_syntax::object::{Array, Dict, Name, Number, ObjRef, ObjectIdentifier, Rect, Stream};
use hayro_syntax::page::Resources;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// What `Do` shows. Source: ISO 32000-1 §8.8.
pub(super) struct Figure<'a> {
    stream: Stream<'a>,
    /// Its layer is off.
    hidden: bool,
    /// The bytes of its dictionaries.
    extent: usize,
    kind: FigureKind<'a>,
}

/// The largest figure, by its dictionaries, and the most of them that are kept while a content stream is run; in
/// memory they take many times their bytes. Chosen: dozens of kinds of markers.
const LARGEST_KEPT: usize = 4 << 10;
const MOST_KEPT: usize = 256;
/// How often the paths of a form are drawn anew at another scale. Chosen: the plots of a paper have few sizes.
const MOST_OUTLINES: u8 = 8;

/// The bytes of the dictionaries of resources.
fn bytes_of(resources: &Resources<'_>) -> usize {
    let Resources { ext_g_states, fonts, properties, color_spaces, x_objects, patterns, shadings } =
        resources;
    let all = [ext_g_states, fonts, properties, color_spaces, x_objects, patterns, shadings];
    all.iter().map(|dict| dict.data().len()).sum()
}

enum FigureKind<'a> {
    Form(Form<'a>),
    Image { see_through: bool },
    Other,
}

/// The content of a form.
#[derive(Clone)]
pub(super) struct FormContent {
    pub(super) bytes: Arc<Vec<u8>>,
    /// The same in pieces, for a form that is shown again and can be kept so.
    drawing: Option<Arc<Drawing>>,
    /// The scale at which the drawing was run last: its matrix without the shift.
    scale: Option<[f64; 4]>,
    /// Its paths at a scale at which it was run twice.
    outline: Option<Arc<Outline>>,
    /// How often they were drawn.
    outlines: u8,
    /// Whether that was tried.
    was_tried: bool,
    /// It was decoded to its end.
    complete: bool,
}

impl FormContent {
    fn new(bytes: Vec<u8>, complete: bool) -> Self {
        let (bytes, drawing, outline) = (Arc::new(bytes), None, None);
        Self { bytes, drawing, scale: None, outline, outlines: 0, was_tried: false, complete }
    }

    /// Splits it into pieces, unless that was done before or those of the document take too much room: `drawn` bytes.
    fn keep_pieces(&mut self, drawn: &mut usize) {
        let is_new = !std::mem::replace(&mut self.was_tried, true);
        if is_new && *drawn + self.bytes.len() <= MOST_DRAWN {
            self.drawing = Drawing::of(&self.bytes).map(Arc::new);
            *drawn += self.drawing.as_ref().map_or(0, |_| self.bytes.len());
        }
    }
}

/// What the dictionary of a form says. Source: ISO 32000-1 §8.10.2.
struct Form<'a> {
    matrix: Matrix,
    bbox: Option<Rect>,
    /// It is a transparency group.
    is_group: bool,
    /// `None`: those of whoever shows it.
    resources: Option<Resources<'a>>,
}

impl<'a> Form<'a> {
    fn of(dict: &Dict<'a>) -> Self {
        let matrix = dict.get::<Array<'_>>("Matrix").and_then(|m| matrix_of(&m));
        Self {
            matrix: matrix.unwrap_or(Matrix::IDENTITY),
            bbox: dict.get::<Rect>("BBox"),
            is_group: dict.contains_key("Group"),
            resources: dict.get::<Dict<'a>>("Resources").map(Resources::new),
        }
    }
}

impl Run<'_, '_> {
    pub(super) fn x_object<'c, 'a>(
        &mut self,
        operands: &Operands<'c>,
        resources: &Resources<'a>,
        known: &mut BTreeMap<Cow<'c, [u8]>, Rc<Figure<'a>>>,
    ) {
        let figure = last_name(operands).and_then(|name| {
            if let Some(figure) = known.get(&name) {
                return Some(figure.clone());
            }
            let figure = Rc::new(self.figure(resources.x_objects.get::<Stream<'a>>(&name)?));
            if figure.extent <= LARGEST_KEPT && known.len() < MOST_KEPT {
                known.insert(name, figure.clone());
            }
            Some(figure)
        });
        let Some(figure) = figure else { return self.lacks("a figure in it is missing") };
        self.shared.effort.look_up(figure.stream.dict());
        match &figure.kind {
            FigureKind::Form(form) => {
                self.marks.push((self.marks.iter().rev().find_map(|(m, _)| *m), figure.hidden));
                self.paint = None;
                self.form(&figure.stream, form, resources, None);
                self.marks.pop();
                self.paint = None;
            }
            FigureKind::Image { see_through } if !figure.hidden => self.image(!see_through),
            FigureKind::Image { .. } | FigureKind::Other => {}
        }
    }

    fn figure<'a>(&mut self, stream: Stream<'a>) -> Figure<'a> {
        let dict = stream.dict();
        let off = |r: ObjRef| self.shared.hidden_layers.contains(&(r.obj_number, r.gen_number));
        let hidden = dict.get_ref("OC").is_some_and(off)
            || dict.get::<Dict<'_>>("OC").is_some_and(|group| is_membership_off(&group, &off));
        let mut extent = dict.data().len();
        let kind = match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Form") => {
                let form = Form::of(dict);
                // These may lie elsewhere, and be many forms' at once.
                let named = form.resources.as_ref().map_or(0, bytes_of);
                self.shared.effort.looked_up = self.shared.effort.looked_up.saturating_add(named);
                extent += named;
                FigureKind::Form(form)
            }
            Some(b"Image") => {
                let see_through = ["SMask", "Mask", "ImageMask"].iter().any(|key| dict.contains_key(*key));
                FigureKind::Image { see_through }
            }
            _ => FigureKind::Other,
        };
        Figure { kind, hidden, extent, stream }
    }

    /// Runs a form; `placed` is the matrix that an annotation adds. Source: ISO 32000-1 §8.10.
    fn form(&mut self, stream: &Stream<'_>, form: &Form<'_>, outer: &Resources<'_>, placed: Option<Matrix>) {
        self.shared.effort.invocations += 1;
        let id = stream.obj_id();
        if self.shared.effort.invocations > MAX_FORMS || self.depth >= MAX_FORM_DEPTH {
            return self.stop();
        }
        if self.open_forms.contains(&id) {
            return; // a form that shows itself shows nothing, as in viewers
        }
        let Some(content) = self.form_content(stream) else { return };
        if !content.complete {
            self.lacks("a figure in it breaks off");
        }
        let saved = (self.state, self.text_matrix, self.line_matrix, self.depth);
        let outer_form = std::mem::replace(&mut self.form, self.shared.effort.invocations as u32);
        self.state.ctm = form.matrix.then(&placed.unwrap_or(Matrix::IDENTITY)).then(&self.state.ctm);
        if let Some(r) = form.bbox {
            self.state.clip = self.state.clip.intersect(&self.state.ctm.bounds([r.x0, r.y0, r.x1, r.y1]));
        }
        if form.is_group {
            // A group is painted whole with the alpha in force, and begins opaque. Source: ISO 32000-1 §11.6.6.
            self.state.group_alpha *= self.state.fill_alpha;
            (self.state.fill_alpha, self.state.stroke_alpha) = (1.0, 1.0);
        }
        self.open_forms.push(id);
        let resources = form.resources.as_ref().unwrap_or(outer);
        match (&content.drawing, &content.outline) {
            (Some(drawing), Some(outline)) if self.outlined(drawing, outline) => {}
            (Some(drawing), _) => {
                self.drawing(drawing, resources, saved.3 + 1);
                self.keep_outline(id, drawing);
            }
            (None, _) => self.content(&content.bytes, resources, saved.3 + 1),
        }
        self.open_forms.pop();
        (self.state, self.text_matrix, self.line_matrix, self.depth) = saved;
        self.form = outer_form;
    }

    /// Keeps the paths of a drawing that was run at this scale the last time too.
    fn keep_outline(&mut self, id: ObjectIdentifier, drawing: &Drawing) {
        let [a, b, c, d, ..] = self.state.ctm.0;
        let Some(known) = self.shared.forms.get_mut(&id_of(id)).map(|known| &mut known.what) else { return };
        let is_again = known.scale.replace([a, b, c, d]) == Some([a, b, c, d]);
        if !is_again || known.outlines >= MOST_OUTLINES || !drawing.is_of_paths() {
            return;
        }
        known.outlines += 1;
        let outline = self.outline(drawing).map(Arc::new);
        if let Some(known) = self.shared.forms.get_mut(&id_of(id)) {
            known.what.outline = outline;
        }
    }

    fn form_content(&mut self, form: &Stream<'_>) -> Option<FormContent> {
        let key = id_of(form.obj_id());
        if let Some(known) = self.shared.forms.get_mut(&key) {
            known.what.keep_pieces(&mut self.shared.drawn);
            return Some(known.what.clone());
        }
        let left = (2 * MAX_CONTENT).saturating_sub(self.shared.form_bytes).min(MAX_CONTENT);
        if self.shared.effort.is_spent() {
            self.stop();
            return None;
        }
        let mut cost = 0;
        let decoded = decode(form, left, &mut cost);
        self.shared.effort.decoded += cost;
        match decoded {
            Ok(content) => {
                let content = FormContent::new(content.data.into_owned(), content.complete);
                self.shared.form_bytes += content.bytes.len();
                self.shared.forms.insert(key, Known { what: content.clone(), cost });
                Some(content)
            }
            Err(FilterError::TooLarge) => {
                self.stop();
                None
            }
            Err(FilterError::Damaged) => {
                self.lacks("a figure in it is damaged");
                None
            }
        }
    }

    /// Runs the normal appearances of annotations that are shown. Source: ISO 32000-1 §12.5.5.
    pub(super) fn appearances(&mut self, page: &Dict<'_>, matrix: Matrix) {
        let Some(annotations) = page.get::<Array<'_>>("Annots") else { return };
        for annotation in annotations.iter::<Dict<'_>>() {
            self.shared.effort.annotations += 1;
            self.shared.effort.look_up(&annotation);
            if self.shared.effort.annotations > MAX_ENTRIES || self.shared.is_spent() {
                return self.stop();
            }
            let flags = annotation.get::<i32>("F").unwrap_or(0);
            let hidden = flags & 0b10_0010 != 0; // hidden, or not for the screen
            let link_or_popup =
                matches!(annotation.get::<Name<'_>>("Subtype").as_deref(), Some(b"Link" | b"Popup"));
            let (Some(stream), Some(rect)) = (appearance(&annotation), annotation.get::<Rect>("Rect")) else {
                continue;
            };
            if hidden || link_or_popup {
                continue;
            }
            let form = Form::of(stream.dict());
            let bbox = form.bbox.unwrap_or(rect);
            let from = form.matrix.bounds([bbox.x0, bbox.y0, bbox.x1, bbox.y1]);
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
            self.form(&stream, &form, &Resources::new(Dict::empty()), Some(placed));
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

fn matrix_of(array: &Array<'_>) -> Option<Matrix> {
    let values: Vec<f64> = array.iter::<Number>().take(6).map(|n| n.as_f64()).collect();
    values.try_into().ok().map(Matrix)
}

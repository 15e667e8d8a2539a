//! The faces of a booklet: families by what they set, each in four styles.

use super::{Face, FaceId, FaceStyle};

/// The default text family.
pub const TEXT_FAMILY: &str = "Libertinus Serif";

/// What a text is set in: the text families, the code family, or what covers are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FamilyRole {
    /// Running text.
    #[default]
    Text,
    /// Code.
    Code,
    /// The large type of covers: a sans serif beside the compiled-in serif, else the text families.
    Display,
}

/// One family: the faces of its four styles, by [`slot`].
type Family = [Option<FaceId>; 4];

/// Every face that a booklet may use: text families in order of preference, then families for code.
/// Text is looked up in this order, so a character that the first family lacks is taken from the next
/// that has it.
#[derive(Debug, Clone, Default)]
pub struct Faces {
    faces: Vec<Face>,
    text: Vec<Family>,
    code: Vec<Family>,
    display: Vec<Family>,
}

impl Faces {
    /// From families for text in order of preference, each a list of faces, and families for code. The
    /// compiled-in families are *not* added here: put [`text_family`](super::text_family) and [`code_family`](super::code_family) at the ends.
    pub fn new(text: Vec<Vec<Face>>, code: Vec<Vec<Face>>) -> Self {
        let mut faces = Self::default();
        for family in text {
            let row = faces.add(family);
            faces.text.push(row);
        }
        for family in code {
            let row = faces.add(family);
            faces.code.push(row);
        }
        faces
    }

    /// The same with a family for display beside the compiled-in text family: a booklet that names another
    /// family wants that one on its cover too.
    #[must_use]
    pub fn with_display(mut self, family: Vec<Face>) -> Self {
        let first = self.text.iter().flatten().flatten().next();
        if first.is_some_and(|id| self.get(*id).family == TEXT_FAMILY) {
            let row = self.add(family);
            self.display.push(row);
        }
        self
    }

    fn add(&mut self, family: Vec<Face>) -> Family {
        let mut row = [None; 4];
        for face in family {
            let place = &mut row[slot(face.style)];
            // The first of a style wins; a light or a medium that claims it too is left out.
            if place.is_none()
                && let Ok(id) = u16::try_from(self.faces.len())
            {
                *place = Some(FaceId(id));
                self.faces.push(face);
            }
        }
        row
    }

    /// The face behind an id that this list gave out.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// All of them with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(i, f)| (FaceId(i as u16), f))
    }

    /// The faces to try for a character, best first: of each family the nearest style, then its others (an
    /// italic without Arabic gives way to the upright of its own family). Empty only if there are no faces
    /// at all.
    pub fn candidates(&self, role: FamilyRole, style: FaceStyle) -> Vec<FaceId> {
        let rows: [&[Family]; 3] = match role {
            FamilyRole::Text => [&[], &self.text, &self.code],
            FamilyRole::Code => [&[], &self.code, &self.text],
            FamilyRole::Display => [&self.display, &self.text, &self.code],
        };
        rows.into_iter().flatten().flat_map(|row| by_nearness(row, style)).collect()
    }
}

fn slot(style: FaceStyle) -> usize {
    usize::from(style.bold) * 2 + usize::from(style.italic)
}

/// The style itself, or else what keeps the slant rather than the weight; after that, for characters that
/// it lacks, what keeps the weight.
fn by_nearness(row: &Family, style: FaceStyle) -> impl Iterator<Item = FaceId> {
    let wanted = slot(style);
    let nearest = [wanted, wanted ^ 2, wanted ^ 1, wanted ^ 3].into_iter().find(|s| row[*s].is_some());
    let others = [wanted ^ 1, wanted ^ 2, wanted ^ 3].into_iter().filter(move |s| Some(*s) != nearest);
    nearest.into_iter().chain(others).filter_map(|s| row[s])
}

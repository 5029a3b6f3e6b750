//! What the elements of measurement files are, and which may stand in which.

use crate::xml::meaning_of;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Not known here; text in it is told.
    Unknown,
    /// Not known here, in a part that holds no measurements.
    Ignored,
    /// A result that lies in no object.
    Stray,
    /// A list of results that lies in no object.
    StrayList,
    /// `measCollecFile` of TS 32.435.
    Root,
    /// `measDataFile` of TS 28.532.
    Root28532,
    /// `mdc` of TS 32.401.
    RootMdc,
    /// `fileHeader`, `mfh`.
    Header,
    /// `fileFooter`, `mff`.
    Footer,
    /// `fileSender`.
    Sender,
    /// `measCollec`, and `measData` in header and footer.
    Collection,
    /// `measData`, `md`.
    Data,
    /// `managedElement`, `measEntity`.
    Element,
    /// `neid`.
    ElementId,
    /// `measInfo`, `mi`.
    Info,
    /// `job`.
    Job,
    /// `granPeriod`.
    Granularity,
    /// `repPeriod`.
    Report,
    /// `measType`, `mt`.
    Type,
    /// `measTypes`.
    Types,
    /// `measValue`, `mv`.
    Value,
    /// `r`.
    Result,
    /// `measResults`.
    Results,
    /// `suspect`, `sf`.
    Suspect,
    /// `sn`: the sender as text.
    SenderName,
    /// `vn`: the vendor as text.
    VendorName,
    /// `cbt`: the beginning as text.
    Begin,
    /// `ts`: the end of the file as text.
    End,
    /// `nedn`: the managed element as text.
    ElementName,
    /// `mts`: the end of the period as text.
    PeriodEnd,
    /// `gp`: the length of the period in seconds.
    PeriodLength,
    /// `moid`: the object as text.
    Object,
    /// `ffv`, `st`, `neun`, `nesw`: texts that are not kept.
    Aside,
}

/// What a name means, wherever it stands.
const NAMES: [(&str, Role); 40] = [
    ("r", Role::Result),
    ("measType", Role::Type),
    ("mt", Role::Type),
    ("measValue", Role::Value),
    ("mv", Role::Value),
    ("measInfo", Role::Info),
    ("mi", Role::Info),
    ("measTypes", Role::Types),
    ("measResults", Role::Results),
    ("suspect", Role::Suspect),
    ("sf", Role::Suspect),
    ("granPeriod", Role::Granularity),
    ("repPeriod", Role::Report),
    ("job", Role::Job),
    ("measData", Role::Data),
    ("md", Role::Data),
    ("managedElement", Role::Element),
    ("measEntity", Role::Element),
    ("neid", Role::ElementId),
    ("fileHeader", Role::Header),
    ("mfh", Role::Header),
    ("fileFooter", Role::Footer),
    ("mff", Role::Footer),
    ("fileSender", Role::Sender),
    ("measCollec", Role::Collection),
    ("measCollecFile", Role::Root),
    ("measDataFile", Role::Root28532),
    ("mdc", Role::RootMdc),
    ("sn", Role::SenderName),
    ("vn", Role::VendorName),
    ("cbt", Role::Begin),
    ("ts", Role::End),
    ("nedn", Role::ElementName),
    ("mts", Role::PeriodEnd),
    ("gp", Role::PeriodLength),
    ("moid", Role::Object),
    ("ffv", Role::Aside),
    ("st", Role::Aside),
    ("neun", Role::Aside),
    ("nesw", Role::Aside),
];

impl Role {
    /// What a name means, wherever it stands.
    pub(super) fn of(local: &[u8]) -> Self {
        meaning_of(&NAMES, local).unwrap_or(Self::Unknown)
    }

    /// What an element of that name is inside `parent`.
    #[inline]
    pub(super) fn within(self, parent: Self) -> Self {
        match (parent, self) {
            (Self::Value, Self::Result | Self::Results | Self::Suspect | Self::Object)
            | (
                Self::Info,
                Self::Value
                | Self::Type
                | Self::Types
                | Self::Job
                | Self::Granularity
                | Self::Report
                | Self::PeriodEnd
                | Self::PeriodLength,
            )
            | (Self::Data, Self::Info | Self::Element | Self::ElementId)
            | (Self::ElementId, Self::ElementName | Self::Aside)
            | (
                Self::Header,
                Self::Sender | Self::SenderName | Self::VendorName | Self::Begin | Self::Aside,
            )
            | (Self::Footer, Self::End)
            | (
                Self::Root | Self::Root28532 | Self::RootMdc,
                Self::Header | Self::Footer | Self::Data,
            )
            | (Self::Header | Self::Footer, Self::Collection) => self,
            (Self::Header | Self::Footer, Self::Data) => Self::Collection,
            (_, Self::Result) => Self::Stray,
            (_, Self::Results) => Self::StrayList,
            (Self::Header | Self::Footer | Self::Sender | Self::ElementId | Self::Ignored, _) => {
                Self::Ignored
            }
            _ => Self::Unknown,
        }
    }

    /// Whether it holds text and no elements.
    pub(super) const fn is_leaf(self) -> bool {
        matches!(
            self,
            Self::Result
                | Self::Results
                | Self::Stray
                | Self::StrayList
                | Self::Type
                | Self::Types
                | Self::Suspect
                | Self::SenderName
                | Self::VendorName
                | Self::Begin
                | Self::End
                | Self::ElementName
                | Self::PeriodEnd
                | Self::PeriodLength
                | Self::Object
                | Self::Aside
        )
    }
}

//! What the elements of measurement files are, and which may stand in which.

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

impl Role {
    /// What a name means, wherever it stands.
    pub(super) fn of(local: &[u8]) -> Self {
        match local {
            b"r" => Self::Result,
            b"measType" | b"mt" => Self::Type,
            b"measValue" | b"mv" => Self::Value,
            b"measInfo" | b"mi" => Self::Info,
            b"measTypes" => Self::Types,
            b"measResults" => Self::Results,
            b"suspect" | b"sf" => Self::Suspect,
            b"granPeriod" => Self::Granularity,
            b"repPeriod" => Self::Report,
            b"job" => Self::Job,
            b"measData" | b"md" => Self::Data,
            b"managedElement" | b"measEntity" => Self::Element,
            b"neid" => Self::ElementId,
            b"fileHeader" | b"mfh" => Self::Header,
            b"fileFooter" | b"mff" => Self::Footer,
            b"fileSender" => Self::Sender,
            b"measCollec" => Self::Collection,
            b"measCollecFile" => Self::Root,
            b"measDataFile" => Self::Root28532,
            b"mdc" => Self::RootMdc,
            b"sn" => Self::SenderName,
            b"vn" => Self::VendorName,
            b"cbt" => Self::Begin,
            b"ts" => Self::End,
            b"nedn" => Self::ElementName,
            b"mts" => Self::PeriodEnd,
            b"gp" => Self::PeriodLength,
            b"moid" => Self::Object,
            b"ffv" | b"st" | b"neun" | b"nesw" => Self::Aside,
            _ => Self::Unknown,
        }
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

package report

import (
	"cmp"
	"slices"

	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// Definition (biểu mẫu) is what is asked: indicators, rules and the sheets on
// which the answer is written. The pair (Code, Version) is immutable: once
// applied, other content under the same pair is refused.
type Definition struct {
	Code     string   `json:"definition"`         // [CodePattern]
	Version  string   `json:"version"`            // "2021.1"
	Title    Text     `json:"title"`              //
	Legal    []string `json:"legal,omitempty"`    // legal basis, as cited
	Calendar string   `json:"calendar,omitempty"` // "d09" (15th to 14th) or "civil"
	// Special are months that a decision makes begin on another day than the calendar has.
	Special    []calendar.Special `json:"special,omitempty"`
	Plan       string             `json:"plan,omitempty"`   // code of the definition by which planned figures are reported, under the same codes
	Groups     []Group            `json:"groups,omitempty"` // sections of the indicator list
	Indicators []Indicator        `json:"indicators"`       // in the order of the form
	Rules      []Rule             `json:"rules,omitempty"`  //
	Sheets     []Sheet            `json:"sheets"`           // how the answer is laid out
}

// CalendarNamed gives a calendar by its name, "" being that of the definition, which has the
// months that decisions have moved. The error is [calendar.ErrCalendar].
func (d *Definition) CalendarNamed(name string) (calendar.Calendar, error) {
	cal, err := calendar.Lookup(cmp.Or(name, d.Calendar))
	if err != nil || cal.Name() != d.Calendar {
		return cal, err
	}
	return cal.With(d.Special)
}

// Group is a section of the indicator list ("I. Công tác truyền thông").
type Group struct {
	Code string `json:"code"`
	Name Text   `json:"name"`
}

// Indicator (chỉ tiêu) is one thing that is counted, measured or told.
type Indicator struct {
	Code   string `json:"code"`            // "1.03a"; [IndicatorPattern]
	Group  string `json:"group,omitempty"` // a Group's code
	Name   Text   `json:"name"`
	Unit   string `json:"unit,omitempty"`  // "lượt người", "triệu đồng"
	Type   Type   `json:"type"`            // int, dec, bool, text
	Scale  int    `json:"scale,omitempty"` // decimals a dec may have, and a ratio or mean is rounded to
	By     By     `json:"by,omitempty"`    // agency (default): one value; place: one for each place; unit: one for each unit of a list
	Roll   Roll   `json:"roll,omitempty"`  // how it adds up on each axis
	Num    string `json:"num,omitempty"`   // ratio: numerator's code
	Den    string `json:"den,omitempty"`   // ratio: denominator's code
	Factor int64  `json:"factor,omitempty"`
	Weight string `json:"weight,omitempty"` // mean: code of the weight
	Plan   string `json:"plan,omitempty"`   // code of the indicator that states its plan, where the same form asks for it

	Parent string `json:"parent,omitempty"` // code of the indicator it is a part of
	Part   Part   `json:"part,omitempty"`   // of ("trong đó") or split ("chia ra")

	Required bool             `json:"required,omitempty"`
	Min      *decimal.Decimal `json:"min,omitempty"` // inclusive; numbers are >= 0 unless Min says otherwise
	Max      *decimal.Decimal `json:"max,omitempty"` // inclusive
	MaxLen   int              `json:"maxLen,omitempty"`
	Options  []string         `json:"options,omitempty"`  // text chosen from a list
	Compute  string           `json:"compute,omitempty"`  // expression over other indicators of the same unit and place
	Agencies []string         `json:"agencies,omitempty"` // only these are asked; empty: all of the roster
	Repeats  bool             `json:"repeats,omitempty"`  // may be counted twice when added ("có thể trùng")
	Help     Text             `json:"help,omitempty"`     // how to fill it in
}

// Type is what kind of value an indicator has.
type Type string

// The types of an indicator.
const (
	TypeInt  Type = "int"  // whole number
	TypeDec  Type = "dec"  // decimal with at most Scale decimals
	TypeBool Type = "bool" // có / không
	TypeText Type = "text" // narrative
)

// By says how finely an indicator is asked.
type By string

// The grains of an indicator.
const (
	ByAgency By = "agency"
	ByPlace  By = "place"
	ByUnit   By = "unit"
)

// Part says how a child indicator relates to its Parent.
type Part string

// The two relations. A split closes to its parent (the parts add up to it); an
// of ("trong đó") is at most its parent and is never added to its siblings.
const (
	PartOf    Part = "of"
	PartSplit Part = "split"
)

// Roll is how an indicator adds up on each axis.
type Roll struct {
	Agency Rolling `json:"agency,omitempty"`
	Place  Rolling `json:"place,omitempty"`
	Time   Rolling `json:"time,omitempty"`
}

// Rolling is how figures roll up on one axis.
type Rolling string

// The rolls. Empty means the default of the type: sum for numbers, all for
// booleans, list for texts.
const (
	RollSum   Rolling = "sum"   // adds
	RollLast  Rolling = "last"  // the latest in time, or in the order of the axis
	RollFirst Rolling = "first" // the earliest
	RollMin   Rolling = "min"
	RollMax   Rolling = "max"
	RollMean  Rolling = "mean"  // weighted by Weight, rounded half-even to Scale
	RollRatio Rolling = "ratio" // Factor x Num / Den, recomputed from the rolled parts, rounded half-even to Scale
	RollAll   Rolling = "all"   // logical and
	RollAny   Rolling = "any"   // logical or
	RollList  Rolling = "list"  // texts side by side
	RollNone  Rolling = "none"  // refused: the sum would be an answer nobody wants (law 8's sister)
)

// On gives the roll of the indicator on an axis, with the default of its type.
func (i *Indicator) On(axis Axis) Rolling {
	r := map[Axis]Rolling{AxisAgency: i.Roll.Agency, AxisPlace: i.Roll.Place, AxisTime: i.Roll.Time}[axis]
	if r != "" {
		return r
	}
	switch i.Type {
	case TypeBool:
		return RollAll
	case TypeText:
		return RollList
	}
	return RollSum
}

// IsNumber reports whether the indicator's values are numbers.
func (i *Indicator) IsNumber() bool { return i.Type == TypeInt || i.Type == TypeDec }

// Asks reports whether the agency is asked for this indicator.
func (i *Indicator) Asks(agency string) bool {
	return len(i.Agencies) == 0 || slices.Contains(i.Agencies, agency)
}

// Axis is a direction in which figures are added up.
type Axis string

// The axes.
const (
	AxisAgency Axis = "agency"
	AxisPlace  Axis = "place"
	AxisTime   Axis = "time"
)

// Indicator finds an indicator by code; nil when there is none.
func (d *Definition) Indicator(code string) *Indicator {
	for i := range d.Indicators {
		if d.Indicators[i].Code == code {
			return &d.Indicators[i]
		}
	}
	return nil
}

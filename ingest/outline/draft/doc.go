// Package draft makes a definition of a form out of the form: an empty one, or
// copies that were filled in.
//
// A draft is whole: the definition, a register of the rows where they are places
// or units, and a request, such that `tonghop apply` takes all three as they are
// and filled copies of the same form can be read by them. What had to be guessed
// is a [Question] beside the line it is about; a person who knows the form goes
// through them.
//
// Nothing here knows packages of documents: a draft is text that `tonghop apply`
// reads like any other (ADR 0031).
package draft

// Draft is what was made of a form.
type Draft struct {
	Read       []Source   `json:"read"`
	Definition Definition `json:"definition"`
	Register   Register   `json:"register"`
	Request    Request    `json:"request"`
	Questions  []Question `json:"questions"`
}

// Source is a table that was read.
type Source struct {
	File  string `json:"file"`
	Sheet string `json:"sheet"`
	Range string `json:"range"`
}

// Question is something uncertain that a person decides.
type Question struct {
	Path string `json:"path"` // where it is asked: definition/sheets/0/shape
	VI   string `json:"vi"`
	EN   string `json:"en"`
}

// Definition is a definition file, in the order in which it is written.
type Definition struct {
	Code       string      `json:"definition"`
	Version    string      `json:"version"`
	Title      string      `json:"title"`
	Legal      []string    `json:"legal,omitempty"`
	Calendar   string      `json:"calendar"`
	Indicators []Indicator `json:"indicators"`
	Rules      []Rule      `json:"rules,omitempty"`
	Sheets     []Sheet     `json:"sheets"`
}

// Indicator is one of a definition.
type Indicator struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Unit   string `json:"unit,omitempty"`
	Type   string `json:"type"`
	Scale  int    `json:"scale,omitempty"`
	By     string `json:"by,omitempty"`
	Parent string `json:"parent,omitempty"`
	Part   string `json:"part,omitempty"`
	Num    string `json:"num,omitempty"`
	Den    string `json:"den,omitempty"`
	Factor int64  `json:"factor,omitempty"`
	Min    string `json:"min,omitempty"`
	Roll   *Roll  `json:"roll,omitempty"`
}

// Roll is how an indicator adds up where it is not a sum.
type Roll struct {
	Agency string `json:"agency,omitempty"`
	Place  string `json:"place,omitempty"`
	Time   string `json:"time,omitempty"`
}

// Rule is a check made of every answer.
type Rule struct {
	Code     string `json:"code"`
	Check    string `json:"check"`
	Severity string `json:"severity,omitempty"`
	Text     string `json:"text"`
	Fix      string `json:"fix"`
}

// Sheet is the layout of one sheet.
type Sheet struct {
	Name       string   `json:"sheet"`
	Shape      string   `json:"shape"`
	Key        *Key     `json:"key,omitempty"`
	Indicators []string `json:"indicators,omitempty"`
	Places     []string `json:"places,omitempty"`
	Rows       []Row    `json:"rows,omitempty"`
	Columns    []Column `json:"columns,omitempty"`
	Totals     []string `json:"totals,omitempty"`
	Ignore     []string `json:"ignore,omitempty"`
}

// The shapes of sheets.
const (
	placesDown     = "places-down"
	indicatorsDown = "indicators-down"
	unitList       = "list"
	matrix         = "matrix"
)

// Key names the headers of the columns of codes and names.
type Key struct {
	Code []string `json:"code,omitempty"`
	Name []string `json:"name,omitempty"`
}

// Row is a row of a matrix.
type Row struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Column is a column of figures: of an indicator, or of a matrix.
type Column struct {
	Indicator string   `json:"indicator,omitempty"`
	Code      string   `json:"code,omitempty"`
	Header    []string `json:"header"`
	Unit      string   `json:"unit,omitempty"`
}

// Register is a register file.
type Register struct {
	Code     string   `json:"register"`
	Version  string   `json:"version"`
	Title    string   `json:"title"`
	Places   []Place  `json:"places"`
	Agencies []Agency `json:"agencies"`
}

// Place is a place of a register.
type Place struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Level   string   `json:"level"`
	Parent  string   `json:"parent,omitempty"`
}

// Agency is an agency of a register, or a unit that one reports for.
type Agency struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Parent  string   `json:"parent,omitempty"`
}

// Request is a request file.
type Request struct {
	Code       string   `json:"request"`
	Title      string   `json:"title"`
	Definition string   `json:"definition"`
	Version    string   `json:"version"`
	Register   string   `json:"register"`
	Registered string   `json:"registerVersion"`
	Place      string   `json:"place"`
	Issuer     Issuer   `json:"issuer"`
	Period     string   `json:"period,omitempty"`
	Due        Due      `json:"due"`
	Agencies   []string `json:"agencies"`
}

// Issuer is who asks.
type Issuer struct {
	Name string `json:"name"`
}

// Due is until when.
type Due struct {
	Wording string `json:"wording"`
	Date    string `json:"date"`
}

package report

import (
	"slices"

	"tonghop/report/calendar"
)

// Request (yêu cầu, kỳ báo cáo) is one definition asked by one body of these
// agencies, for this window, until this day, by this letter.
type Request struct {
	Code       string `json:"request"`
	Title      Text   `json:"title"`
	Definition string `json:"definition"` // code of the definition
	Version    string `json:"version"`    // its version
	Register   string `json:"register"`   // code of the register
	Registered string `json:"registerVersion"`
	Place      string `json:"place"` // the area it is about: the province's code

	Issuer    Issuer    `json:"issuer"`
	Letter    Letter    `json:"letter,omitempty"`
	Recipient Text      `json:"recipient,omitempty"` // whom the summary goes to
	Signature Signature `json:"signature,omitempty"`
	Receivers []string  `json:"receivers,omitempty"` // "Nơi nhận", line by line

	Calendar string           `json:"calendar,omitempty"` // d09 or civil; empty: the definition's
	Period   string           `json:"period,omitempty"`   // key such as 2021-Q2, or empty with From and To
	From     calendar.Date    `json:"from,omitzero"`
	To       calendar.Date    `json:"to,omitzero"`
	Due      calendar.DueRule `json:"due"`

	Agencies []string `json:"agencies"`           // the roster, in the order of the letter
	Approval bool     `json:"approval,omitempty"` // official figures need an approval; without it a submission is official
}

// Issuer is the body that asks.
type Issuer struct {
	Name     string `json:"name"`               // "Sở Lao động - Thương binh và Xã hội"
	Superior string `json:"superior,omitempty"` // "Ủy ban nhân dân tỉnh Hải Dương"
	Code     string `json:"code,omitempty"`     // "SLĐTBXH", for the number of the document
	City     string `json:"city,omitempty"`     // where it is signed: "Hải Dương"
	Unit     string `json:"unit,omitempty"`     // "Phòng Bảo trợ xã hội"
}

// Letter is the document by which the request was made.
type Letter struct {
	Number  string        `json:"number,omitempty"`
	Date    calendar.Date `json:"date,omitzero"`
	Summary string        `json:"summary,omitempty"`
}

// Signature is the block under the summary (Decree 30/2020, Appendix I).
type Signature struct {
	Authority string `json:"authority,omitempty"` // "KT. GIÁM ĐỐC"
	Title     string `json:"title,omitempty"`     // "PHÓ GIÁM ĐỐC"
	Name      string `json:"name,omitempty"`
}

// Asks reports whether the agency is on the roster.
func (r *Request) Asks(agency string) bool { return slices.Contains(r.Agencies, agency) }

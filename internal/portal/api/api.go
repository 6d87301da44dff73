// Package api is the contract of the JSON API, /api/v1: what is sent and what
// comes back. The portal answers in these types and the client asks in them, so
// the two cannot drift apart. Numbers that are figures are decimal strings;
// times are RFC 3339 in UTC.
package api

import (
	"encoding/json"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Upload is the state of an upload.
type Upload struct {
	Upload     string             `json:"upload"`
	Request    string             `json:"request"`
	Agency     string             `json:"agency"`
	Number     string             `json:"number"`
	State      report.UploadState `json:"state" enum:"checking,refused,ready,submitted,superseded,withdrawn"`
	Approved   bool               `json:"approved"`           // submitted, and official
	Returned   bool               `json:"returned,omitempty"` // withdrawn, by the coordinator who sent it back
	Held       bool               `json:"held,omitempty"`     // ready, because it came after the close
	Version    int                `json:"version"`            // of the submission made of it
	Name       string             `json:"name,omitempty"`
	SHA256     string             `json:"sha256"`
	Size       int64              `json:"size"`
	ReceivedAt time.Time          `json:"receivedAt"`
	CheckedAt  *time.Time         `json:"checkedAt,omitempty"`
	Nil        bool               `json:"nil"`   // "không phát sinh"
	Facts      int                `json:"facts"` // figures and texts read
	Cells      report.Counts      `json:"cells"` // read = used + excluded
	Findings   []fault.Fault      `json:"findings"`
	Groups     []Group            `json:"groups"`              // the findings, those that repeat said once
	Questions  []Question         `json:"questions,omitempty"` // what is asked, and what was answered before
	Reason     string             `json:"reason,omitempty"`    // why it was sent back or withdrawn

	Explanations []report.Explanation `json:"explanations,omitempty"` // answers to the findings that asked for one
}

// Submit asks that an upload be submitted.
type Submit struct {
	Upload       string               `json:"upload,omitempty"` // empty: the newest that was not refused
	Explanations []report.Explanation `json:"explanations,omitempty"`
}

// Withdraw takes the submission that stands back.
type Withdraw struct {
	Version int    `json:"version,omitempty"` // the version that is taken back; 0: whichever stands
	Reason  string `json:"reason,omitempty"`
}

// Approve makes the submission that stands official.
type Approve struct {
	Version int    `json:"version,omitempty"` // the version that was seen; 0: whichever stands
	Note    string `json:"note,omitempty"`
}

// Return sends the submission that stands back.
type Return struct {
	Version int      `json:"version,omitempty"`
	Reason  string   `json:"reason"`
	Cells   []string `json:"cells,omitempty"`
}

// Adjust sets figures by the coordinator's hand.
type Adjust struct {
	Version int      `json:"version,omitempty"`
	Reason  string   `json:"reason"`
	Figures []Figure `json:"figures"`
}

// Figure is one figure that is set.
type Figure struct {
	Unit      string `json:"unit,omitempty"`
	Place     string `json:"place,omitempty"`
	Indicator string `json:"indicator"`
	Value     string `json:"value"` // decimal
}

// Close closes or reopens a request.
type Close struct {
	Reason string `json:"reason"`
}

// ReturnState is where a return stands after a decision.
type ReturnState struct {
	Request  string             `json:"request"`
	Agency   string             `json:"agency"`
	State    report.AgencyState `json:"state"`
	Version  int                `json:"version"` // that counts; 0: none
	Approved bool               `json:"approved"`
	Upload   string             `json:"upload,omitempty"` // of the version that counts
	Undone   int                `json:"undone,omitempty"` // the version that was withdrawn or sent back
}

// Status is who has reported on a request.
type Status struct {
	Request     string        `json:"request"`
	Title       report.Text   `json:"title"`
	AsOf        time.Time     `json:"asOf"`
	Closed      bool          `json:"closed"`
	Provisional bool          `json:"provisional"`
	Heard       int           `json:"heard"`
	Asked       int           `json:"asked"`
	Missing     []string      `json:"missing"`
	Due         Due           `json:"due"`
	Agencies    []AgencyState `json:"agencies"`
}

// Due is when reports must be there, read both ways.
type Due struct {
	Wording string `json:"wording"` // "trước ngày 30/3/2021"
	Strict  string `json:"strict"`  // last day by the letter of it
	Lenient string `json:"lenient"` // last day by practice
}

// AgencyState is where one agency stands.
type AgencyState struct {
	Agency     string             `json:"agency"`
	Name       string             `json:"name"`
	State      report.AgencyState `json:"state" enum:"missing,refused,ready,submitted,approved,returned,withdrawn,held"`
	Timeliness string             `json:"timeliness,omitempty" enum:"on-time,on-time-lenient,late"`
	DaysLate   int                `json:"daysLate,omitempty"`
	Nil        bool               `json:"nil"`
	Version    int                `json:"version"`
	Versions   int                `json:"versions"`
	ReceivedAt *time.Time         `json:"receivedAt,omitempty"`
	Upload     string             `json:"upload,omitempty"`
	File       string             `json:"file,omitempty"`
	Findings   int                `json:"findings"` // of the newest upload that must be mended
	Newest     report.UploadState `json:"newest,omitempty"`
}

// Requests lists the requests.
type Requests struct {
	Requests []RequestLine `json:"requests"`
}

// RequestLine is one request of a list.
type RequestLine struct {
	Request    string      `json:"request"`
	Title      report.Text `json:"title"`
	Definition string      `json:"definition"` // code@version
	Closed     bool        `json:"closed"`
	Due        Due         `json:"due"`
	Heard      int         `json:"heard"`
	Asked      int         `json:"asked"`
}

// Uploads lists the uploads of a return, oldest first.
type Uploads struct {
	Uploads []Upload `json:"uploads"`
}

// Checked is the outcome of a check that leaves nothing behind.
type Checked struct {
	Request  string         `json:"request"`
	Agency   string         `json:"agency"`
	Outcome  report.Outcome `json:"outcome" enum:"ready,refused"`
	Nil      bool           `json:"nil"`
	Facts    int            `json:"facts"`
	Cells    report.Counts  `json:"cells"`
	Findings []fault.Fault  `json:"findings"`
	Groups   []Group        `json:"groups"` // the findings, those that repeat said once

	Questions []Question `json:"questions,omitempty"` // what is asked, and what was answered before
}

// Marks are the hidden marks of a workbook that was made from a template.
type Marks struct {
	Definition string `json:"definition"`
	Version    string `json:"version"`
	Request    string `json:"request"`
	Agency     string `json:"agency"`
}

// Event is an event as a reader of the log or of the stream sees it.
type Event struct {
	Seq   uint64           `json:"seq"`
	ID    string           `json:"id"`
	At    time.Time        `json:"at"`
	Kind  report.EventKind `json:"kind"`
	Key   report.Key       `json:"key"`
	Actor report.Actor     `json:"actor"`
	Body  json.RawMessage  `json:"body"` // without facts: their number stands for them
}

// Log is a stretch of the journal.
type Log struct {
	Events []Event `json:"events"`
	Next   uint64  `json:"next"` // sequence to go on from; 0 at the end
}

// Replayed is what folding the whole journal anew gave.
type Replayed struct {
	Events   uint64            `json:"events"`
	Last     uint64            `json:"last"`
	Millis   int64             `json:"millis"`
	Agrees   bool              `json:"agrees"`   // with the live fold
	Requests map[string]string `json:"requests"` // fingerprint by request
	Differs  []string          `json:"differs,omitempty"`
}

// Token is a token as it is listed; Secret is there once, when it is issued.
type Token struct {
	ID      string      `json:"id"`
	Role    report.Role `json:"role"`
	Agency  string      `json:"agency,omitempty"`
	Name    string      `json:"name,omitempty"`
	Expires *time.Time  `json:"expires,omitempty"`
	Revoked bool        `json:"revoked"`
	Secret  string      `json:"secret,omitempty"`
}

// Tokens lists tokens.
type Tokens struct {
	Tokens []Token `json:"tokens"`
}

// Problem is an error reply: RFC 9457, application/problem+json.
type Problem struct {
	Type     string        `json:"type"` // "about:blank" or the fault's page
	Title    string        `json:"title"`
	Status   int           `json:"status"`
	Detail   string        `json:"detail,omitempty"`
	Code     string        `json:"code,omitempty"` // fault code
	VI       string        `json:"vi,omitempty"`
	EN       string        `json:"en,omitempty"`
	Fix      string        `json:"fix,omitempty"`
	Findings []fault.Fault `json:"findings,omitempty"` // where there are several
}

// Error makes a problem an error on the client's side.
func (p *Problem) Error() string {
	if p.Code != "" {
		return p.Code + ": " + p.VI
	}
	return p.Title + ": " + p.Detail
}

// Applied says what applying a document did.
type Applied struct {
	Kind    report.EventKind `json:"kind"`
	Code    string           `json:"code"`
	Version string           `json:"version"`
	Changed bool             `json:"changed"` // false: it was so already

	Findings []fault.Fault `json:"findings,omitempty"` // what is worth saying, and stands against nothing
}

// DocumentName names a document where a finding is about one of several:
// "request thu-2021". It stands in the finding's file.
func DocumentName(kind report.EventKind, code string) string { return string(kind) + " " + code }

// AppliedList is what a file with one document or several did.
type AppliedList struct {
	Applied []Applied `json:"applied"`
}

// Documents lists the definitions or the registers that are known.
type Documents struct {
	Documents []DocumentLine `json:"documents"`
}

// DocumentLine is one version of a definition or a register.
type DocumentLine struct {
	Code    string      `json:"code"`
	Version string      `json:"version"`
	Title   report.Text `json:"title"`
}

// DeadLetters lists the uploads that were given up, oldest first.
type DeadLetters struct {
	DeadLetters []DeadLetter `json:"deadLetters"`
}

// DeadLetter is an upload that was given up.
type DeadLetter struct {
	Seq     uint64    `json:"seq"`
	Upload  string    `json:"upload"`
	Request string    `json:"request"`
	Agency  string    `json:"agency"`
	Tries   int       `json:"tries"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

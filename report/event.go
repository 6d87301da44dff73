package report

import (
	"cmp"
	"time"

	"tonghop/report/decimal"
)

// Event is one thing that happened. Its identity is its content: ID is the hash
// of the canonical encoding (package codec), so the same event is the same
// event in whatever journal it stands (law 2).
type Event struct {
	ID    string    // set by codec.Seal
	Key   Key       // what it is about: the unit of optimistic concurrency
	At    time.Time // when it happened: UTC, whole milliseconds
	Actor Actor
	Body  Body
}

// Compare orders events by time, then by identity: the order in which sets of
// events are read when order must be chosen (law 2).
func (e *Event) Compare(f *Event) int { return cmp.Or(e.At.Compare(f.At), cmp.Compare(e.ID, f.ID)) }

// Key names an aggregate of the journal: events of one key are decided one
// after the other. Codes in it match [CodePattern].
type Key struct {
	Scope  Scope  `json:"scope"`
	Name   string `json:"name"`             // code of the definition, register or request; "tokens" or "chain" for ScopeSystem
	Agency string `json:"agency,omitempty"` // ScopeRequest: the agency, for a return; "" for the request itself
}

// Scope is the sort of an aggregate.
type Scope string

// The scopes.
const (
	ScopeDefinition Scope = "def"
	ScopeRegister   Scope = "reg"
	ScopeRequest    Scope = "req" // a request, or with an agency a return
	ScopeSystem     Scope = "sys"
)

// ReturnKey is the key of what an agency does for a request.
func ReturnKey(request, agency string) Key {
	return Key{Scope: ScopeRequest, Name: request, Agency: agency}
}

// RequestKey is the key of a request's own events.
func RequestKey(request string) Key { return Key{Scope: ScopeRequest, Name: request} }

// IsReturn reports whether the key is that of a return.
func (k Key) IsReturn() bool { return k.Scope == ScopeRequest && k.Agency != "" }

// EventKind names a kind of event, for ever.
type EventKind string

// The kinds of event. A kind's layout has a version of its own in the codec.
const (
	KindDefinition EventKind = "definition" // DefinitionApplied
	KindRegister   EventKind = "register"   // RegisterApplied
	KindRequest    EventKind = "request"    // RequestApplied
	KindReceived   EventKind = "received"   // Received
	KindChecked    EventKind = "checked"    // Checked
	KindAnswered   EventKind = "answered"   // Answered
	KindSubmitted  EventKind = "submitted"  // Submitted
	KindWithdrawn  EventKind = "withdrawn"  // Withdrawn
	KindApproved   EventKind = "approved"   // Approved
	KindReturned   EventKind = "returned"   // Returned
	KindAdjusted   EventKind = "adjusted"   // Adjusted
	KindClosed     EventKind = "closed"     // Closed
	KindReopened   EventKind = "reopened"   // Reopened
	KindExported   EventKind = "exported"   // Exported
	KindChained    EventKind = "chained"    // Chained
	KindToken      EventKind = "token"      // TokenIssued
	KindRevoked    EventKind = "revoked"    // TokenRevoked
)

// Body is what an event says.
type Body interface{ Kind() EventKind }

// DefinitionApplied makes a definition known. (Code, Version) is immutable.
type DefinitionApplied struct{ Definition *Definition }

// RegisterApplied makes a register known. (Code, Version) is immutable.
type RegisterApplied struct{ Register *Register }

// RequestApplied opens a request or changes it: the highest revision holds.
type RequestApplied struct {
	Revision int
	Request  *Request
}

// Received says that an upload is on the disk: its receipt (law 1).
type Received struct {
	Upload string // [UploadID]: the same bytes for the same return are the same upload
	Number string // receipt number: request/agency/ordinal
	SHA256 string // hex, of the bytes kept in Files
	Size   int64  // bytes
	Name   string // file name as sent, "" for a form
	Media  string // media type
	Via    Via    //
	Submit bool   // submit in one go when clean
	Note   string // a word to the reviewer
	IdemID string // hash of the Idempotency-Key it came with, "" without
}

// Via says by which way an upload came.
type Via string

// The ways in. All end in the same canonical event.
const (
	ViaWorkbook Via = "workbook"
	ViaForm     Via = "form"
)

// Checked is the outcome of an upload: every finding at once, and the facts
// that were read (laws 3 and 4).
type Checked struct {
	Upload     string
	Outcome    Outcome
	Definition string // code@version that it was read by
	Register   string // code@version
	Draft      Draft
}

// Submitted makes a checked upload version n of the return.
type Submitted struct {
	Version      int
	Upload       string
	Explanations []Explanation
}

// Withdrawn takes a submission back: it no longer stands, and the one before it
// does, if that still stands.
type Withdrawn struct {
	Submission string // ID of the Submitted event
	Reason     string
}

// Approved makes a submission official.
type Approved struct {
	Submission string
	Note       string
}

// Returned sends a submission back: neither it nor those before it count.
type Returned struct {
	Submission string
	Reason     string
	Cells      []string // "Biểu 1!F18"
}

// Adjusted changes a figure of a submission by the coordinator's hand; the
// original stays beside it. It holds for that submission only.
type Adjusted struct {
	Submission string
	Unit       string
	Place      string
	Indicator  string
	Old        *decimal.Decimal // what stood there, nil where there was none
	New        decimal.Decimal
	Reason     string
}

// Closed closes a request: nothing submitted until it is reopened counts.
type Closed struct{ Reason string }

// Reopened opens a closed request again, with a reason.
type Reopened struct{ Reason string }

// Exported says that a summary was written and kept.
type Exported struct {
	SHA256      string
	Name        string
	State       string // [Summary.State] it was made from
	Provisional bool
	Trigger     string // demand, schedule, close
}

// Chained says what the events of a journal were: the [Chain] over those up to one of
// them. A journal that later says something else has been changed. It speaks of the
// journal that it stands in: another that takes its events over leaves it out.
type Chained struct {
	Journal string // ID of the first event of the journal
	Seq     uint64 // of the last event it speaks of
	Events  uint64 // how many these are
	Chain   string // [Chain.Value] after the last
}

// TokenIssued lets the holder of a secret act. Only its hash is kept.
type TokenIssued struct {
	ID      string
	Hash    string // SHA-256 of the secret, hex
	Role    Role
	Agency  string
	Name    string
	Expires time.Time // zero: never
}

// TokenRevoked ends a token.
type TokenRevoked struct{ ID, Reason string }

// The kinds of the bodies.
func (*DefinitionApplied) Kind() EventKind { return KindDefinition }
func (*RegisterApplied) Kind() EventKind   { return KindRegister }
func (*RequestApplied) Kind() EventKind    { return KindRequest }
func (*Received) Kind() EventKind          { return KindReceived }
func (*Checked) Kind() EventKind           { return KindChecked }
func (*Answered) Kind() EventKind          { return KindAnswered }
func (*Submitted) Kind() EventKind         { return KindSubmitted }
func (*Withdrawn) Kind() EventKind         { return KindWithdrawn }
func (*Approved) Kind() EventKind          { return KindApproved }
func (*Returned) Kind() EventKind          { return KindReturned }
func (*Adjusted) Kind() EventKind          { return KindAdjusted }
func (*Closed) Kind() EventKind            { return KindClosed }
func (*Reopened) Kind() EventKind          { return KindReopened }
func (*Exported) Kind() EventKind          { return KindExported }
func (*Chained) Kind() EventKind           { return KindChained }
func (*TokenIssued) Kind() EventKind       { return KindToken }
func (*TokenRevoked) Kind() EventKind      { return KindRevoked }

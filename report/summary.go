package report

import (
	"time"

	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// Summary (bảng tổng hợp) is the finished table of a request at a moment: exact,
// without layout. Package aggregate makes it, package export writes it. The
// same state gives the same summary (law 6).
type Summary struct {
	Request    *Request
	Definition *Definition
	Register   *Register

	AsOf        time.Time // the newest event it knows of, or the moment asked for
	State       string    // fingerprint of the events it was made from: hex SHA-256 of their sorted identities
	Official    bool      // made of approved submissions only
	Provisional bool      // TẠM TÍNH: not official, or not closed, or someone is missing

	Heard, Asked int      // agencies
	Missing      []string // agencies not heard, in roster order

	Agencies   []AgencyStatus // in roster order
	Places     []*Place       // places with a figure or asked for, in register order
	Indicators []*Indicator   // in the order of the definition

	// Cells by axis. A cell that is not there is the zero Cell: missing.
	Total       map[string]Cell    // by indicator
	ByAgency    map[[2]string]Cell // by indicator, agency
	ByPlace     map[[2]string]Cell // by indicator, place
	AgencyPlace map[[3]string]Cell // by indicator, agency, place
	ByLevel     map[[2]string]Cell // by indicator, place above the places of facts (district of communes, province)

	Answers []Answer     // narrative answers, by indicator then roster order
	Sources []SourceLine // every fact that counts, with its cell, in order: agency, indicator, place, unit
	Notes   []Note       // what a reader must know: possible doubles, adjustments, corrections, explanations
}

// Cell is one figure of a summary.
type Cell struct {
	Value Value
	Mark  Mark
	Heard int // agencies heard that are asked for this figure
	Asked int // agencies asked for this figure
	Given int // agencies that gave a figure: Given <= Heard
}

// Mark says why there is no number, or what to know about the one there is.
type Mark string

// The marks. All but Repeats and Estimate stand beside a null value.
const (
	MarkNone          Mark = ""
	MarkMissing       Mark = "missing"        // nobody asked was heard
	MarkBlank         Mark = "blank"          // heard, but this figure was left out
	MarkNil           Mark = "nil"            // nothing occurred
	MarkNotCollected  Mark = "not_collected"  //
	MarkNotApplicable Mark = "not_applicable" //
	MarkNotAdditive   Mark = "not_additive"   // the definition refuses the sum
	MarkUndefined     Mark = "undefined"      // ratio or mean with a zero or missing denominator
	MarkOverflow      Mark = "overflow"       // the sum does not fit: refused (law 5)
	MarkRepeats       Mark = "repeats"        // "có thể trùng": may count something twice
	MarkEstimate      Mark = "estimate"       // "ước tính": what was reported about a place that is divided is allocated
)

// AgencyStatus is who reported, and when.
type AgencyStatus struct {
	Agency       string
	State        AgencyState
	Nil          bool // said that nothing occurred
	Version      int  // of the submission that counts, 0 without one
	Versions     int  // how many there were
	Approved     bool
	ReceivedAt   time.Time // of the first submission that was neither taken nor sent back: the legal time; zero without one
	CountsAt     time.Time // of the submission that counts
	Timeliness   calendar.Timeliness
	Upload       string // of the submission that counts
	File         string // its file name
	SHA256       string
	Findings     int // blocking findings of the newest attempt
	Explanations []Explanation
	Newest       UploadState // state of the newest attempt, "" without one
}

// AgencyState is where an agency stands in a request.
type AgencyState string

// The states of an agency.
const (
	AgencyMissing   AgencyState = "missing"   // nothing that counts, nothing under way
	AgencyRefused   AgencyState = "refused"   // sent something that must be mended
	AgencyReady     AgencyState = "ready"     // checked, not submitted
	AgencySubmitted AgencyState = "submitted" // counts
	AgencyApproved  AgencyState = "approved"  // counts and is official
	AgencyReturned  AgencyState = "returned"  // sent back
	AgencyWithdrawn AgencyState = "withdrawn" // taken back
	AgencyHeld      AgencyState = "held"      // came after the close
)

// Answer is a narrative answer of an agency.
type Answer struct {
	Agency, Indicator, Text string
	Source                  Source
}

// SourceLine is a fact that counts, with all that is needed to open it.
type SourceLine struct {
	Agency  string
	Version int
	Upload  string
	File    string
	Fact
	Adjusted bool
}

// Note is something a reader of the summary must know.
type Note struct {
	Kind      string // missing, late, repeats, corrected, adjusted, explained, outside (not asked for, so not counted)
	Agency    string
	Place     string
	Indicator string
	Fault     *fault.Fault // where it speaks with the catalogue's words
	Words     string       // otherwise
	At        time.Time
}

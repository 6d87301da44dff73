package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// office is a desk and a worker with everything behind them in memory.
type office struct {
	t       testing.TB
	journal *mem.Journal
	files   *mem.Files
	inbox   *mem.Inbox
	books   *report.Books
	desk    *Desk
	worker  *Worker
	clock   *clock
	bodies  map[string][]byte // uploads of a story, by their letter
}

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

var (
	coordinator = report.Actor{Role: report.RoleCoordinator, ID: "sld"}
	admin       = report.Actor{Role: report.RoleAdmin, ID: "local"}
)

func clerk(agency string) report.Actor {
	return report.Actor{Role: report.RoleAgency, Agency: agency, ID: "t-" + agency}
}

// newOffice opens an office in which the request ky-1 was made.
func newOffice(t testing.TB) *office {
	t.Helper()
	o := emptyOffice(t)
	o.must(o.desk.ApplyDefinition(t.Context(), admin, officeDefinition()))
	o.must(o.desk.ApplyRegister(t.Context(), admin, officeRegister()))
	o.must(o.desk.ApplyRequest(t.Context(), admin, officeRequest()))
	return o
}

// emptyOffice is an office in which nothing was applied yet.
func emptyOffice(t testing.TB) *office {
	t.Helper()
	o := &office{
		t: t, journal: &mem.Journal{}, files: &mem.Files{}, bodies: map[string][]byte{},
		clock: &clock{t: time.Date(2021, 3, 25, 1, 0, 0, 0, time.UTC)},
	}
	o.inbox = &mem.Inbox{Journal: o.journal, Now: o.clock.Now}
	o.books = o.follow(o.journal)
	o.desk = &Desk{Books: o.books, Journal: o.journal, Files: o.files, Now: o.clock.Now}
	o.worker = &Worker{Inbox: o.inbox, Desk: o.desk, Log: zerolog.Nop()}
	return o
}

// follow runs books on a journal until the test ends.
func (o *office) follow(j report.Journal) *report.Books {
	books := &report.Books{Journal: j}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = books.Run(ctx) }) // ends with ctx
	o.t.Cleanup(func() { cancel(); running.Wait() })
	return books
}

func (o *office) must(_ any, err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func officeDefinition() *report.Definition {
	text := func(s string) report.Text { return report.Text{VI: s} }
	return &report.Definition{
		Code: "bieu", Version: "1", Title: text("Biểu thử"), Calendar: "d09",
		Indicators: []report.Indicator{
			{Code: "1", Name: text("Số cuộc"), Type: report.TypeInt, By: report.ByPlace},
			{Code: "2", Name: text("Kinh phí"), Type: report.TypeDec, Scale: 2, By: report.ByPlace},
			{Code: "3", Name: text("Bình quân"), Type: report.TypeDec, Scale: 2, By: report.ByPlace,
				Num: "2", Den: "1", Roll: report.Roll{Agency: report.RollRatio, Place: report.RollRatio}},
			{Code: "4", Name: text("Kết quả nổi bật"), Type: report.TypeText},
			{Code: "5", Name: text("Số cán bộ"), Type: report.TypeInt, Agencies: []string{"syt"}},
		},
		Rules: []report.Rule{
			{Code: "K1", Check: "[1] <= 100", Severity: "explain", Text: text("Số cuộc lớn bất thường")},
			{Code: "K2", Check: "[2] <= 1000", Severity: "explain", Text: text("Kinh phí lớn bất thường")},
		},
		Sheets: []report.Sheet{
			{Name: "Biểu 1", Shape: report.PlacesDown, Places: []string{"30/district"}, Indicators: []string{"1", "2", "3"}},
			{Name: "Biểu 2", Shape: report.IndicatorsDown, Indicators: []string{"4", "5"}},
		},
	}
}

func officeRegister() *report.Register {
	text := func(s string) report.Text { return report.Text{VI: s} }
	return (&report.Register{
		Code: "tinh", Version: "1", Title: text("Danh mục thử"),
		Places: []report.Place{
			{Code: "30", Name: text("Tỉnh Hải Dương"), Level: report.LevelProvince},
			{Code: "30T", Name: text("Cấp tỉnh"), Level: report.LevelProvincial, Parent: "30"},
			{Code: "288", Name: text("Thành phố Hải Dương"), Level: report.LevelDistrict, Parent: "30"},
			{Code: "290", Name: text("Thành phố Chí Linh"), Level: report.LevelDistrict, Parent: "30"},
		},
		Agencies: []report.Agency{
			{Code: "syt", Name: text("Sở Y tế")}, {Code: "sgd", Name: text("Sở Giáo dục")}, {Code: "hpn", Name: text("Hội Phụ nữ")},
		},
	}).Index()
}

func officeRequest() *report.Request {
	return &report.Request{
		Code: "ky-1", Title: report.Text{VI: "Kỳ thử"}, Definition: "bieu", Version: "1", Register: "tinh", Registered: "1", Place: "30",
		Issuer: report.Issuer{Name: "Sở Lao động"}, Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-03-30")},
		Agencies: []string{"syt", "sgd"}, Approval: true,
	}
}

// form writes a form that says "indicator=value" of district 288, or of the
// place in "indicator@place=value".
func form(figures ...string) []byte {
	var entries []string
	for _, f := range figures {
		what, value, _ := strings.Cut(f, "=")
		indicator, place, at := strings.Cut(what, "@")
		if !at {
			place = "288"
		}
		entries = append(entries, fmt.Sprintf(`{"place": %q, "indicator": %q, "value": %q}`, place, indicator, value))
	}
	return []byte(`{"values": [` + strings.Join(entries, ", ") + `]}`)
}

// workOff lets the worker work until nothing is due.
func (o *office) workOff() {
	for {
		job := o.due()
		if job == nil {
			return
		}
		o.worker.work(o.t.Context(), job)
	}
}

// due gives the next job, nil when none is due now.
func (o *office) due() *report.Job {
	job, err := o.inbox.Next(&glance{Context: o.t.Context()})
	if err != nil {
		return nil
	}
	return job
}

// glance is a context under which the inbox looks for a job once, and does not
// wait. A deadline, however late, would pass on a busy machine before it looked.
type glance struct {
	context.Context
	looked bool
}

func (g *glance) Err() error {
	if g.looked {
		return context.Canceled
	}
	g.looked = true
	return nil
}

func (g *glance) Done() <-chan struct{} { return over }

// over is the Done of a context that has ended.
var over = func() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// events counts the events of a kind in the journal.
func (o *office) events(kind report.EventKind) int {
	n := 0
	for _, e := range o.all() {
		if e.Body.Kind() == kind {
			n++
		}
	}
	return n
}

// all gives the events of the journal.
func (o *office) all() (out []report.Recorded) {
	o.t.Helper()
	last, err := o.journal.Last(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	if last == 0 {
		return nil
	}
	enough := errors.New("enough")
	err = o.journal.Follow(context.Background(), 1, func(r report.Recorded) error {
		if out = append(out, r); r.Seq == last {
			return enough
		}
		return nil
	}, nil)
	if !errors.Is(err, enough) {
		o.t.Fatal(err)
	}
	return out
}

// sketch draws an agency's return in one line: its uploads by the letters of the
// story, its versions, and which of them count.
func (o *office) sketch(agency string) string {
	var words []string
	o.books.Read(func(l *report.Ledger) {
		ret := l.Request("ky-1").Returns()[agency]
		if ret == nil {
			words = append(words, "nothing")
			return
		}
		for _, a := range ret.Attempts {
			words = append(words, fmt.Sprintf("%s=%s", o.letter(a.Received.SHA256), a.State))
		}
		for _, s := range ret.Submissions {
			words = append(words, fmt.Sprintf("v%d=%s", s.Version, o.letter(ret.Attempt(s.Upload).Received.SHA256)))
		}
		for _, s := range []struct {
			word string
			sub  *report.Submission
		}{{"counts", ret.Standing}, {"official", ret.Official}} {
			if s.sub != nil {
				words = append(words, fmt.Sprintf("%s=v%d", s.word, s.sub.Version))
			}
		}
	})
	return strings.Join(words, " ")
}

func (o *office) letter(sha string) string {
	for letter, body := range o.bodies {
		if hashSecret(string(body)) == sha {
			return letter
		}
	}
	return "?"
}

func (o *office) upload(agency, letter string) string {
	return report.UploadID("ky-1", agency, hashSecret(string(o.bodies[letter])))
}

// play acts a story, a line at a time:
//
//	syt send A 1=12 submit key=k    hands a form in and lets the worker read it
//	syt post A ...                  the same, and nobody reads it yet
//	syt submit A K1="a reason"      K1: an explanation, by its code
//	syt withdraw reason
//	sld approve syt 1               the version that was seen, 0 for any
//	sld return syt 1 reason
//	sld adjust syt 1 1@288=13 reason
//	sld close, sld reopen reason
//	clock -1h
//	syt: A=submitted v1=A counts=v1 where the return stands
//
// "=> W714" after a line is the code of the fault it ends with.
func (o *office) play(story string) {
	o.t.Helper()
	for line := range strings.Lines(story) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if agency, want, ok := strings.Cut(line, ": "); ok {
			if got := o.sketch(agency); got != strings.TrimSpace(want) {
				o.t.Errorf("%s\n got %s: %s", line, agency, got)
			}
			continue
		}
		deed, want, _ := strings.Cut(line, " => ")
		err := o.act(strings.Fields(deed))
		if got := codes(err); got != want {
			o.t.Errorf("%s\n got %q", line, got)
		}
	}
}

// codes gives the code of a fault, the text of any other error.
func codes(err error) string {
	var f fault.Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return string(f.Code)
	}
	return err.Error()
}

const longReason = "nhầm số liệu của quý trước"

// reason is the words at the end of a line, or a long enough one.
func reason(words []string) string {
	if len(words) == 0 {
		return longReason
	}
	return strings.Join(words, " ")
}

func (o *office) act(f []string) error {
	ctx, desk := o.t.Context(), o.desk
	if f[0] == "clock" {
		d, err := time.ParseDuration(f[1])
		if err != nil {
			o.t.Fatal(err)
		}
		o.clock.Move(d)
		return nil
	}
	o.clock.Move(time.Second)
	me := coordinator
	if f[0] != "sld" {
		me = clerk(f[0])
	}
	version := 0
	if len(f) > 3 {
		fmt.Sscan(f[3], &version)
	}
	switch f[1] {
	case "post", "send":
		_, err := desk.Receive(ctx, me, o.incoming(f[0], f[2:]))
		if f[1] == "send" {
			o.workOff()
		}
		return err
	case "work":
		o.workOff()
		return nil
	case "submit":
		return desk.Submit(ctx, me, "ky-1", f[0], o.upload(f[0], f[2]), explanations(f[3:]))
	case "withdraw":
		_, err := desk.Withdraw(ctx, me, "ky-1", f[0], 0, reason(f[2:]))
		return err
	case "approve":
		return desk.Approve(ctx, me, "ky-1", f[2], version, "")
	case "return":
		_, err := desk.Return(ctx, me, "ky-1", f[2], version, reason(f[4:]), nil)
		return err
	case "adjust":
		return desk.Adjust(ctx, me, "ky-1", f[2], version, figures(f[4]), reason(f[5:]))
	case "close":
		return desk.Close(ctx, me, "ky-1", reason(f[2:]))
	case "reopen":
		return desk.Reopen(ctx, me, "ky-1", reason(f[2:]))
	}
	o.t.Fatalf("no such deed: %v", f)
	return nil
}

func (o *office) incoming(agency string, words []string) Incoming {
	in := Incoming{Request: "ky-1", Agency: agency, Media: "application/json", Via: report.ViaForm}
	var said []string
	for _, w := range words[1:] {
		key, isKey := strings.CutPrefix(w, "key=")
		switch {
		case isKey:
			in.Idempotency = key
		case w == "submit":
			in.Submit = true
		default:
			said = append(said, w)
		}
	}
	if len(said) > 0 {
		o.bodies[words[0]] = form(said...)
	}
	in.Body = o.bodies[words[0]]
	return in
}

// explanations reads CODE=reason and CODE@cell=reason; _ stands for a blank.
func explanations(words []string) (out []report.Explanation) {
	for _, w := range words {
		code, said, _ := strings.Cut(w, "=")
		code, cell, _ := strings.Cut(code, "@")
		out = append(out, report.Explanation{Code: code, Cell: cell, Reason: strings.ReplaceAll(said, "_", " ")})
	}
	return out
}

// figures reads indicator@place=value, several joined by a comma.
func figures(words string) (out []Figure) {
	for _, w := range strings.Split(words, ",") {
		what, value, _ := strings.Cut(w, "=")
		indicator, place, _ := strings.Cut(what, "@")
		place, unit, _ := strings.Cut(place, "/")
		d, err := decimal.Parse(value)
		if err != nil {
			panic(err)
		}
		out = append(out, Figure{Unit: unit, Indicator: indicator, Place: place, Value: d})
	}
	return out
}

// story is a case of a table: what happens, line by line.
type story struct{ name, lines string }

func playAll(t *testing.T, stories []story) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) { newOffice(t).play(s.lines) })
	}
}

// TestWhoMay is the table of roles at the desk. The desk asks before it looks at
// anything else.
func TestWhoMay(t *testing.T) {
	agency, other := clerk("syt"), clerk("sgd")
	analyst := report.Actor{Role: report.RoleAnalyst, ID: "a"}
	stranger := report.Actor{}
	deeds := map[string]func(d *Desk, ctx context.Context, who report.Actor) error{
		"receive": func(d *Desk, ctx context.Context, who report.Actor) error {
			_, err := d.Receive(ctx, who, Incoming{Request: "ky-1", Agency: "syt", Via: report.ViaForm, Body: form("1=1")})
			return err
		},
		"submit": func(d *Desk, ctx context.Context, who report.Actor) error {
			return d.Submit(ctx, who, "ky-1", "syt", "", nil)
		},
		"withdraw": func(d *Desk, ctx context.Context, who report.Actor) error {
			_, err := d.Withdraw(ctx, who, "ky-1", "syt", 0, longReason)
			return err
		},
		"approve": func(d *Desk, ctx context.Context, who report.Actor) error {
			return d.Approve(ctx, who, "ky-1", "syt", 0, "")
		},
		"return": func(d *Desk, ctx context.Context, who report.Actor) error {
			_, err := d.Return(ctx, who, "ky-1", "syt", 0, longReason, nil)
			return err
		},
		"adjust": func(d *Desk, ctx context.Context, who report.Actor) error {
			return d.Adjust(ctx, who, "ky-1", "syt", 0, figures("1@288=1"), longReason)
		},
		"close": func(d *Desk, ctx context.Context, who report.Actor) error { return d.Close(ctx, who, "ky-1", "") },
		"reopen": func(d *Desk, ctx context.Context, who report.Actor) error {
			return d.Reopen(ctx, who, "ky-1", longReason)
		},
		"apply": func(d *Desk, ctx context.Context, who report.Actor) error {
			_, err := d.ApplyRequest(ctx, who, officeRequest())
			return err
		},
		"issue a token": func(d *Desk, ctx context.Context, who report.Actor) error {
			_, _, err := d.IssueToken(ctx, who, report.TokenIssued{Role: report.RoleAnalyst})
			return err
		},
		"revoke a token": func(d *Desk, ctx context.Context, who report.Actor) error { return d.RevokeToken(ctx, who, "x", "") },
	}
	tests := []struct {
		who  string
		as   report.Actor
		deed string // those that are allowed
	}{
		{"clerk of the agency", agency, "receive submit withdraw"},
		{"clerk of another agency", other, ""},
		{"clerk of no agency", report.Actor{Role: report.RoleAgency}, ""},
		{"coordinator", coordinator, "receive submit withdraw approve return adjust close reopen apply"},
		{"administrator", admin, "receive submit withdraw approve return adjust close reopen apply issue revoke"},
		{"analyst", analyst, ""},
		{"stranger", stranger, ""},
	}
	for _, test := range tests {
		t.Run(test.who, func(t *testing.T) {
			o := newOffice(t)
			before := len(o.all())
			for name, do := range deeds {
				refused := errors.Is(do(o.desk, t.Context(), test.as), fault.MayNot)
				allowed := strings.Contains(" "+test.deed+" ", " "+strings.Fields(name)[0]+" ")
				if refused == allowed {
					t.Errorf("%s: refused %v, want %v", name, refused, !allowed)
				}
			}
			if test.deed == "" && (len(o.all()) != before || o.files.Len() != 0) {
				t.Error("one who may do nothing left something behind")
			}
		})
	}
}

func TestClock(t *testing.T) {
	playAll(t, []story{
		{"a clock that runs backwards does not turn the order round", `
			syt send A 1=1 submit
			clock -2h
			syt send B 1=2 submit
			syt: A=superseded B=submitted v1=A v2=B counts=v2
			clock -2h
			syt withdraw
			syt: A=submitted B=withdrawn v1=A v2=B counts=v1
			sld approve syt 1
			syt: A=approved B=withdrawn v1=A v2=B counts=v1 official=v1`},
		{"closed, reopened and closed while the clock stands before all of it", `
			clock -2h
			sld close
			sld reopen
			syt post A 1=1
			sld close
			syt post B 1=2 => W703
			sld reopen
			syt send B 1=2 submit
			syt: A=ready B=submitted v1=B counts=v1`},
	})
}

// TestTimesGrow: every decision about a request comes later than those it was
// made upon, also when the clock stands still, and what was submitted before a
// closing stays before it.
func TestTimesGrow(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	for range 3 {
		o.must(nil, o.desk.Close(ctx, coordinator, "ky-1", ""))
		o.must(nil, o.desk.Reopen(ctx, coordinator, "ky-1", longReason))
	}
	o.bodies["A"] = form("1=1")
	o.must(o.desk.Receive(ctx, clerk("syt"), o.incoming("syt", []string{"A", "submit"})))
	o.workOff()
	o.clock.Move(-time.Hour)
	o.must(nil, o.desk.Close(ctx, coordinator, "ky-1", ""))
	if got, want := o.sketch("syt"), "A=submitted v1=A counts=v1"; got != want {
		t.Errorf("after closing: got %s, want %s", got, want)
	}
	last := map[report.Key]time.Time{}
	for _, e := range o.all() {
		if e.Key.Scope != report.ScopeRequest || e.Body.Kind() == report.KindChecked { // written with its submission, at one moment
			continue
		}
		if !e.At.After(last[e.Key]) {
			t.Errorf("event %d (%s) is not later than the one before it", e.Seq, e.Body.Kind())
		}
		last[e.Key] = e.At
	}
}

// TestTwoDesks: two processes on one journal decide about one return at the same
// time. The journal's lock lets no version be made twice.
func TestTwoDesks(t *testing.T) {
	o := newOffice(t)
	far := *o
	far.books = o.follow(o.journal)
	far.desk = &Desk{Books: far.books, Journal: o.journal, Files: o.files, Now: o.clock.Now}
	far.worker = &Worker{Inbox: o.inbox, Desk: far.desk, Log: zerolog.Nop()}
	last, _ := o.journal.Last(t.Context())
	o.must(nil, far.books.Reached(t.Context(), last))
	ctx, stop := context.WithCancel(t.Context())
	var workers, senders sync.WaitGroup
	for _, w := range []*Worker{o.worker, far.worker} {
		workers.Go(func() {
			if err := w.Run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	const each = 12
	for i, desk := range []*Desk{o.desk, far.desk} {
		for n := range each {
			senders.Go(func() {
				_, err := desk.Receive(ctx, clerk("syt"), Incoming{Request: "ky-1", Agency: "syt", Via: report.ViaForm, Body: form(fmt.Sprintf("1=%d", i*each+n)), Submit: true})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	senders.Wait()
	waitFor(t, "all outcomes", func() bool { return o.events(report.KindChecked) == 2*each })
	stop()
	workers.Wait()
	versions := map[int]bool{}
	o.must(nil, o.books.Reached(t.Context(), uint64(len(o.all()))))
	o.books.Read(func(l *report.Ledger) {
		ret := l.Request("ky-1").Returns()["syt"]
		for _, s := range ret.Submissions {
			if versions[s.Version] {
				t.Errorf("version %d was made twice", s.Version)
			}
			versions[s.Version] = true
		}
		numbers := map[string]bool{}
		for _, a := range ret.Attempts {
			numbers[a.Received.Number] = true
		}
		if len(numbers) != 2*each {
			t.Errorf("%d receipts bear %d numbers", 2*each, len(numbers))
		}
	})
	if len(versions) == 0 || o.events(report.KindReceived) != 2*each {
		t.Errorf("%d versions of %d uploads", len(versions), o.events(report.KindReceived))
	}
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 20 s", what)
		}
	}
}

// TestCrowd: a hundred at one counter are all served.
func TestCrowd(t *testing.T) {
	o := newOffice(t)
	var crowd sync.WaitGroup
	for n := range 100 {
		crowd.Go(func() {
			if _, err := o.desk.Receive(t.Context(), clerk("syt"), Incoming{Request: "ky-1", Agency: "syt", Via: report.ViaForm, Body: form(fmt.Sprintf("1=%d", n))}); err != nil {
				t.Error(err)
			}
		})
	}
	crowd.Wait()
	if got := o.events(report.KindReceived); got != 100 {
		t.Errorf("got %d receipts, want 100", got)
	}
	if n := len(o.desk.turns.keys); n != 0 {
		t.Errorf("%d queues are left behind", n)
	}
}

// troubled is a journal with something wrong; nil functions leave it as it is.
type troubled struct {
	report.Journal
	append func(before func() (uint64, error)) (uint64, error)
}

func (j *troubled) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	write := func() (uint64, error) { return j.Journal.Append(ctx, key, expect, events...) }
	if j.append == nil {
		return write()
	}
	return j.append(write)
}

func TestTroubledJournal(t *testing.T) {
	broken := errors.New("disk is full")
	in := Incoming{Request: "ky-1", Agency: "syt", Via: report.ViaForm, Body: form("1=1")}
	t.Run("what is not written has no receipt (law 1)", func(t *testing.T) {
		o := newOffice(t)
		o.desk.Journal = &troubled{o.journal, func(func() (uint64, error)) (uint64, error) { return 0, broken }}
		if r, err := o.desk.Receive(t.Context(), clerk("syt"), in); !errors.Is(err, broken) || r != nil {
			t.Errorf("got %v, %v", r, err)
		}
	})
	t.Run("what is written without an answer is found when it comes again", func(t *testing.T) {
		o := newOffice(t)
		lossy := &troubled{o.journal, nil}
		lossy.append = func(write func() (uint64, error)) (uint64, error) {
			lossy.append = nil
			seq, err := write()
			return seq, errors.Join(err, broken)
		}
		o.desk.Journal = lossy
		if _, err := o.desk.Receive(t.Context(), clerk("syt"), in); !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
		o.must(nil, o.books.Reached(t.Context(), uint64(len(o.all()))))
		r, err := o.desk.Receive(t.Context(), clerk("syt"), in)
		if err != nil || !r.Again || o.events(report.KindReceived) != 1 {
			t.Errorf("got %+v, %v, %d receipts", r, err, o.events(report.KindReceived))
		}
	})
	t.Run("a journal that is always stale is broken, and nobody waits for it", func(t *testing.T) {
		o := newOffice(t)
		calls := 0
		o.desk.Journal = &troubled{o.journal, func(func() (uint64, error)) (uint64, error) { calls++; return 0, report.ErrStale }}
		if _, err := o.desk.Receive(t.Context(), clerk("syt"), in); !errors.Is(err, report.ErrStale) || calls != 1 {
			t.Errorf("got %v after %d calls", err, calls)
		}
	})
	t.Run("whoever leaves the queue leaves it in order", func(t *testing.T) {
		o := newOffice(t)
		inside, leave := make(chan struct{}), make(chan struct{})
		o.desk.Journal = &troubled{o.journal, func(write func() (uint64, error)) (uint64, error) { close(inside); <-leave; return write() }}
		done := make(chan error)
		go func() { _, err := o.desk.Receive(t.Context(), clerk("syt"), in); done <- err }()
		<-inside
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := o.desk.Submit(gone, clerk("syt"), "ky-1", "syt", "", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		close(leave)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if n := len(o.desk.turns.keys); n != 0 {
			t.Errorf("%d queues are left behind", n)
		}
	})
}

package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Incoming is an upload as it comes in, by whatever way.
type Incoming struct {
	Request, Agency string
	Name            string // file name as sent; "" for a form
	Media           string // media type; forms: application/json
	Via             report.Via
	Body            []byte
	Submit          bool   // submit in one go when nothing stands against it
	Note            string // a word to the reviewer
	Idempotency     string // the sender's key for this sending, "" without
}

// Receipt (biên nhận) is what the agency holds in its hands: the bytes are on
// the disk (law 1).
type Receipt struct {
	Upload     string             `json:"upload"`
	SHA256     string             `json:"sha256"`
	ReceivedAt time.Time          `json:"receivedAt"`
	Number     string             `json:"number"`
	Request    string             `json:"request"`
	Agency     string             `json:"agency"`
	Name       string             `json:"name,omitempty"`
	Size       int64              `json:"size"`
	Again      bool               `json:"again"` // the same bytes were here before: this is their receipt
	State      report.UploadState `json:"state"`
}

// Receive keeps the bytes, writes the receipt to the journal and returns it,
// both on the disk. The same bytes for the same return have one effect: they
// get the receipt they got the first time.
//
// Faults: who may, unknown request, agency not asked, request closed, body too
// large, idempotency key used for other bytes.
func (d *Desk) Receive(ctx context.Context, actor report.Actor, in Incoming) (*Receipt, error) {
	if err := allow(actor, report.ActUpload, in.Agency); err != nil {
		return nil, err
	}
	if limit := d.maxBody(); int64(len(in.Body)) > limit {
		return nil, fault.New(fault.BodyTooLarge, fault.A("limit", megabytes(limit)))
	}
	if err := d.precheck(in); err != nil { // before its bytes are kept
		return nil, err
	}
	sha, err := d.Files.Put(ctx, in.Body)
	if err != nil {
		return nil, fmt.Errorf("keep upload of %s for %s: %w", in.Agency, in.Request, err)
	}
	var receipt *Receipt
	_, err = d.decide(ctx, report.ReturnKey(in.Request, in.Agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		r, bodies, err := receive(l, in, sha, now)
		receipt = r
		return bodies, err
	})
	if err != nil {
		return nil, err
	}
	return receipt, nil
}

// precheck judges an upload before its bytes are kept, so that what is refused
// leaves nothing behind.
func (d *Desk) precheck(in Incoming) (err error) {
	now, sum := d.Now(), sha256.Sum256(in.Body)
	d.Books.Read(func(l *report.Ledger) { _, _, err = receive(l, in, hex.EncodeToString(sum[:]), now) })
	return err
}

// receive judges an upload and gives what is to be written of it: nothing when it
// is known and asks for nothing new. A known upload gets its receipt in a closed
// request, too: it may be sent again because the first answer was lost on its way.
// One that was read already and now comes to be submitted is submitted with its
// receipt: nobody has to read it again, and nobody sees it wait.
func receive(l *report.Ledger, in Incoming, sha string, now time.Time) (*Receipt, []report.Body, error) {
	book, ret, err := openReturn(l, in.Request, in.Agency)
	if err != nil {
		return nil, nil, err
	}
	if ret == nil {
		ret = &report.Return{}
	}
	body := &report.Received{
		Upload: report.UploadID(in.Request, in.Agency, sha),
		Number: fmt.Sprintf("%s/%s/%d", in.Request, in.Agency, len(ret.Attempts)+1),
		SHA256: sha, Size: int64(len(in.Body)), Name: in.Name, Media: in.Media, Via: in.Via,
		Submit: in.Submit, Note: in.Note, IdemID: idempotencyID(in.Idempotency),
	}
	before, err := earlier(ret, body, in.Idempotency)
	if err != nil {
		return nil, nil, err
	}
	closed := mustBeOpen(book, now)
	known := ret.Attempt(body.Upload)
	if known == nil {
		if closed != nil {
			return nil, nil, closed
		}
		return newReceipt(in, body, now, report.StateChecking, false), []report.Body{body}, nil
	}
	receipt := newReceipt(in, known.Received, known.ReceivedAt, known.State, true)
	stale := readAgain(l, book, in.Agency, known)
	if closed != nil || before.repeated || !wantsMore(stale, known, body, before) {
		return receipt, nil, nil
	}
	again := *known.Received
	again.Submit, again.IdemID = body.Submit, body.IdemID
	if known.State == report.StateChecking || stale {
		receipt.State = report.StateChecking
		return receipt, []report.Body{&again}, nil
	}
	receipt.State = report.StateSubmitted
	return receipt, []report.Body{&again, &report.Submitted{Version: ret.NextVersion(), Upload: body.Upload, Explanations: known.Checked.Draft.Explanations()}}, nil
}

// sendings is what the receipts of a return say of one upload.
type sendings struct {
	repeated  bool      // it came with this idempotency key before
	last      time.Time // when it came last
	submitted time.Time // when it last came to be submitted in one go
}

// earlier looks through the receipts of a return. It refuses an idempotency key
// that stands for other bytes already.
func earlier(ret *report.Return, body *report.Received, key string) (s sendings, err error) {
	for _, e := range ret.Events() {
		r, ok := e.Body.(*report.Received)
		if !ok {
			continue
		}
		sameKey := r.IdemID != "" && r.IdemID == body.IdemID
		if r.Upload != body.Upload {
			if sameKey {
				return s, fault.New(fault.IdempotencyReused, fault.A("key", key))
			}
			continue
		}
		s.repeated = s.repeated || sameKey
		s.last = e.At
		if r.Submit {
			s.submitted = e.At
		}
	}
	return s, nil
}

// wantsMore reports whether bytes that came before now ask for something new: to
// be submitted, where they wait for it or stand no longer, or to be read again,
// where their outcome does not hold (stale). What was asked since, and is not done
// yet, is not asked again.
func wantsMore(stale bool, known *report.Attempt, body *report.Received, before sendings) bool {
	if stale {
		return !before.last.After(known.CheckedAt)
	}
	if !body.Submit {
		return false
	}
	switch known.State {
	case report.StateChecking:
		return !known.Submit
	case report.StateReady, report.StateSuperseded:
		return known.Submission == nil && explained(known.Checked.Draft.Findings, known.Checked.Draft.Explanations()) == nil
	case report.StateWithdrawn:
		return !before.submitted.After(known.Submission.Withdrawal.At)
	case report.StateHeld:
		return !before.submitted.After(known.Submission.At)
	}
	return false
}

// readAgain reports whether the outcome of an upload does not hold, so that the
// same bytes are read again when they come again: the machine had given them up,
// the request asks by another definition or register now, or one of its questions
// was answered since, or an answer to it withdrawn. What was submitted stays as it
// was read.
func readAgain(l *report.Ledger, book *report.RequestBook, agency string, a *report.Attempt) bool {
	switch {
	case a.Checked == nil:
		return false
	case gaveUp(a.Checked):
		return true
	case a.Submission != nil:
		return false
	}
	req := book.Request
	if l.AnsweredSince(req.Definition, agency, a.Checked.Draft.Questions, a.CheckedAt) {
		return true
	}
	asked := a.Checked.Definition == report.Ref(req.Definition, req.Version) &&
		a.Checked.Register == report.Ref(req.Register, req.Registered)
	return !asked
}

// gaveUp reports whether an outcome speaks of the machine and not of the paper:
// the same bytes may well be read when they come again.
func gaveUp(c *report.Checked) bool {
	return c != nil && slices.ContainsFunc(c.Draft.Findings, func(f fault.Fault) bool {
		return f.Code == fault.FileSetAside || f.Code == fault.FileReadFailed
	})
}

func newReceipt(in Incoming, b *report.Received, at time.Time, state report.UploadState, again bool) *Receipt {
	return &Receipt{
		Upload: b.Upload, SHA256: b.SHA256, ReceivedAt: at, Number: b.Number,
		Request: in.Request, Agency: in.Agency, Name: b.Name, Size: b.Size,
		Again: again, State: state,
	}
}

// idempotencyID hides a sender's key: keys may carry what is not ours to keep.
func idempotencyID(key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:12])
}

func (d *Desk) maxBody() int64 {
	if d.MaxBody > 0 {
		return d.MaxBody
	}
	return DefaultMaxBody
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

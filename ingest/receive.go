package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
	if err := d.precheck(in); err != nil {
		return nil, err
	}
	sha, err := d.Files.Put(ctx, in.Body)
	if err != nil {
		return nil, fmt.Errorf("keep upload of %s for %s: %w", in.Agency, in.Request, err)
	}
	var receipt *Receipt
	_, err = d.decide(ctx, report.ReturnKey(in.Request, in.Agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		r, received, err := receive(l, in, sha, now)
		receipt = r
		if received == nil {
			return nil, err
		}
		return []report.Body{received}, err
	})
	if err != nil {
		return nil, err
	}
	return receipt, nil
}

// precheck refuses what cannot be received before its bytes are kept.
func (d *Desk) precheck(in Incoming) (err error) {
	now := d.Now()
	d.Books.Read(func(l *report.Ledger) {
		book, _, e := openReturn(l, in.Request, in.Agency)
		if e == nil {
			e = mustBeOpen(book, now)
		}
		err = e
	})
	return err
}

// receive judges an upload whose bytes are kept. The Received body is nil when
// there is nothing to write: the upload is known and asks for nothing new.
func receive(l *report.Ledger, in Incoming, sha string, now time.Time) (*Receipt, *report.Received, error) {
	book, ret, err := openReturn(l, in.Request, in.Agency)
	if err != nil {
		return nil, nil, err
	}
	if err := mustBeOpen(book, now); err != nil {
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
	if err := sameKeySameBytes(ret, body, in.Idempotency); err != nil {
		return nil, nil, err
	}
	known := ret.Attempt(body.Upload)
	if known == nil {
		return newReceipt(in, body, now, report.StateChecking, false), body, nil
	}
	receipt := newReceipt(in, known.Received, known.ReceivedAt, known.State, true)
	if !wantsMore(known, body) {
		return receipt, nil, nil
	}
	again := *known.Received
	again.Submit, again.IdemID = true, body.IdemID
	return receipt, &again, nil
}

// wantsMore reports whether bytes that came before now ask for something new:
// to be submitted, where they wait for it or were taken back. A sending that is
// merely repeated (the same idempotency key) asks for nothing.
func wantsMore(known *report.Attempt, body *report.Received) bool {
	if !body.Submit || body.IdemID != "" && body.IdemID == known.Received.IdemID {
		return false
	}
	switch known.State {
	case report.StateChecking:
		return !known.Submit
	case report.StateReady, report.StateWithdrawn:
		return true
	}
	return false
}

// sameKeySameBytes refuses an idempotency key that already stands for other
// bytes of the return.
func sameKeySameBytes(ret *report.Return, body *report.Received, key string) error {
	if body.IdemID == "" {
		return nil
	}
	for _, a := range ret.Attempts {
		if a.Received.IdemID == body.IdemID && a.Received.Upload != body.Upload {
			return fault.New(fault.IdempotencyReused, fault.A("key", key))
		}
	}
	return nil
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

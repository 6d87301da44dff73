package codec_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"testing"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/reporttest"
)

// examples gives one event of every kind, always the same.
func examples(t testing.TB) []*report.Event {
	t.Helper()
	var out []*report.Event
	for i, kind := range reporttest.Kinds() {
		out = append(out, reporttest.EventOf(kind).Example(i+1))
	}
	return out
}

// FuzzDecodePayload holds that there is one encoding of an event and no other:
// what can be read at all is written back byte for byte. Definitions and their
// like are JSON, where other spellings can be read; they must only come back.
func FuzzDecodePayload(f *testing.F) {
	for _, e := range examples(f) {
		b, err := codec.Payload(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := codec.DecodePayload(b)
		if err != nil {
			return
		}
		again, err := codec.Payload(e)
		if err != nil {
			if isNoun(e.Body) && errors.Is(err, codec.ErrInvalid) {
				return
			}
			t.Fatalf("read but not written: %v", err)
		}
		if !bytes.Equal(again, b) && !isNoun(e.Body) {
			t.Fatalf("read from\n%x\nwritten as\n%x", b, again)
		}
	})
}

func isNoun(b report.Body) bool {
	switch b.(type) {
	case *report.DefinitionApplied, *report.RegisterApplied, *report.RequestApplied:
		return true
	}
	return false
}

func FuzzDecode(f *testing.F) {
	for _, e := range examples(f) {
		b, err := codec.Encode(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	// A few bytes that claim to be 64 MiB, raw and compressed.
	for packing := range byte(3) {
		f.Add(append(binary.AppendUvarint([]byte{'T', 'H', 1, packing}, codec.MaxPayload), make([]byte, 24)...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := codec.Decode(b); err == nil && e.ID == "" {
			t.Fatal("an event without identity")
		}
	})
}

func FuzzReadPack(f *testing.F) {
	var b bytes.Buffer
	p := codec.NewPackWriter(&b)
	for i, e := range examples(f) {
		if err := p.Add(report.Recorded{Seq: uint64(i + 1), Event: e}); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := p.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		var last uint64
		err := codec.ReadPack(bytes.NewReader(b), func(r report.Recorded) error {
			if r.Seq <= last {
				t.Fatalf("event %d after %d", r.Seq, last)
			}
			last = r.Seq
			return nil
		})
		if err == nil && last > 0 && len(b) < 40 {
			t.Fatal("events out of nothing")
		}
	})
}

func FuzzOpenSnapshot(f *testing.F) {
	var events []report.Recorded
	for i, e := range examples(f) {
		events = append(events, report.Recorded{Seq: uint64(i + 1), Event: e})
	}
	f.Add(snapshotOf(f, events))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n := len(b) - sha256.Size; n > 0 { // as the digest of whoever wrote it wrong
			sum := sha256.Sum256(b[:n])
			b = append(b[:n:n], sum[:]...)
		}
		s, parts, err := openedSnapshot(b)
		if err != nil {
			return
		}
		n := 0
		for _, events := range parts {
			n += len(events)
		}
		if n != s.Events {
			t.Fatalf("read %d events of %d", n, s.Events)
		}
	})
}

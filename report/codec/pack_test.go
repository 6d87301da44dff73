package codec_test

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/reporttest"
)

func pack(t testing.TB, events []report.Recorded) []byte {
	t.Helper()
	var b bytes.Buffer
	p := codec.NewPackWriter(&b)
	for _, r := range events {
		if err := p.Add(r); err != nil {
			t.Fatalf("add %d: %v", r.Seq, err)
		}
	}
	if _, err := p.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	return b.Bytes()
}

func unpack(b []byte) (out []report.Recorded, err error) {
	err = codec.ReadPack(bytes.NewReader(b), func(r report.Recorded) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

func TestPackGivesBackWhatWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []report.Recorded
		var seq uint64
		for _, e := range rapid.SliceOfN(reporttest.AnyEvent(), 0, 20).Draw(t, "events") {
			if err := codec.Seal(e); err != nil {
				t.Fatal(err)
			}
			seq += rapid.Uint64Range(1, 1000).Draw(t, "step")
			events = append(events, report.Recorded{Seq: seq, Event: e})
		}
		var b bytes.Buffer
		p := codec.NewPackWriter(&b)
		for _, r := range events {
			if err := p.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := p.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := unpack(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, events) {
			t.Fatalf("got %d events, want %d, or others", len(got), len(events))
		}
	})
}

// many makes enough receipts for several blocks.
func many(t testing.TB, n int) []report.Recorded {
	t.Helper()
	out := make([]report.Recorded, n)
	for i := range out {
		e := closed("")
		e.Body = &report.Received{Upload: "u", Size: int64(i), Name: "báo cáo quý II.xlsx", SHA256: string(bytes.Repeat([]byte{'a'}, 64))}
		if err := codec.Seal(e); err != nil {
			t.Fatal(err)
		}
		out[i] = report.Recorded{Seq: uint64(i + 1), Event: e}
	}
	return out
}

func TestPackOfManyBlocks(t *testing.T) {
	events := many(t, 20_000)
	b := pack(t, events)
	if !bytes.Equal(b, pack(t, events)) {
		t.Error("the same events were packed in two ways (law 6)")
	}
	got, err := unpack(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, events) {
		t.Fatalf("got %d events, want %d, or others", len(got), len(events))
	}
}

func TestReadPackRefuses(t *testing.T) {
	good := pack(t, many(t, 300))
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 4
	newer := bytes.Clone(good)
	newer[4] = 2
	tests := []struct {
		name string
		b    []byte
		want error
	}{
		{"nothing at all", nil, codec.ErrDamaged},
		{"something else", []byte("PK\x03\x04 and more"), codec.ErrDamaged},
		{"a pack of a newer version", newer, codec.ErrVersion},
		{"a pack whose end is missing", good[:len(good)-1], codec.ErrDamaged},
		{"a pack that stops after its head", good[:5], codec.ErrDamaged},
		{"a flipped bit", flipped, codec.ErrDamaged},
		{"a block larger than any", []byte("THPK\x01B\xff\xff\xff\xff\xff\x01\x01"), codec.ErrLimit},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := unpack(test.b); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestPackRefusesWhatWouldNotComeBack(t *testing.T) {
	events := many(t, 2)
	t.Run("sequences that go back", func(t *testing.T) {
		p := codec.NewPackWriter(io.Discard)
		if err := p.Add(events[1]); err != nil {
			t.Fatal(err)
		}
		if err := p.Add(events[0]); !errors.Is(err, codec.ErrInvalid) {
			t.Errorf("got %v, want ErrInvalid", err)
		}
	})
	t.Run("an event changed after it was sealed", func(t *testing.T) {
		changed := *events[0].Event
		changed.Body = &report.Received{Upload: "other"}
		p := codec.NewPackWriter(io.Discard)
		if err := p.Add(report.Recorded{Seq: 1, Event: &changed}); !errors.Is(err, codec.ErrIdentity) {
			t.Errorf("got %v, want ErrIdentity", err)
		}
	})
	t.Run("an error of the reader's own is given back", func(t *testing.T) {
		enough := errors.New("enough")
		err := codec.ReadPack(bytes.NewReader(pack(t, events)), func(report.Recorded) error { return enough })
		if !errors.Is(err, enough) {
			t.Errorf("got %v, want %v", err, enough)
		}
	})
}

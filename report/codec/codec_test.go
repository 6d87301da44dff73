package codec_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
	"tonghop/report/reporttest"
)

func TestEveryEventComesBackTheSame(t *testing.T) {
	for _, kind := range reporttest.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				e := reporttest.EventOf(kind).Draw(t, "event")
				frame, err := codec.Encode(e)
				if err != nil {
					t.Fatalf("encode: %v", err)
				}
				got, err := codec.Decode(frame)
				if err != nil {
					t.Fatalf("decode: %v", err)
				}
				if !reflect.DeepEqual(got, e) {
					t.Fatalf("got  %+v %+v\nwant %+v %+v", got, got.Body, e, e.Body)
				}
			})
		})
	}
}

func TestSamePayloadFromWhatWasDecoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := reporttest.AnyEvent().Draw(t, "event")
		first, err := codec.Payload(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := codec.DecodePayload(first)
		if err != nil {
			t.Fatal(err)
		}
		again, err := codec.Payload(back)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatalf("payload changed:\n%x\n%x", first, again)
		}
	})
}

// TestOneFlippedBitIsFound is what the hash in the frame is for: no changed byte
// gives an event, nor does a frame that lost its end.
func TestOneFlippedBitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frame, err := codec.Encode(reporttest.AnyEvent().Draw(t, "event"))
		if err != nil {
			t.Fatal(err)
		}
		damaged := bytes.Clone(frame)
		at := rapid.IntRange(0, 8*len(frame)-1).Draw(t, "bit")
		damaged[at/8] ^= 1 << (at % 8)
		// A bit of the compressed bytes may be one that decompressing does not
		// look at: then the same event comes out, never another.
		if e, err := codec.Decode(damaged); err == nil {
			want, _ := codec.Decode(frame)
			if !reflect.DeepEqual(e, want) {
				t.Fatalf("bit %d changed the event in silence", at)
			}
		}
		if _, err := codec.Decode(frame[:len(frame)-1]); err == nil {
			t.Fatal("a frame without its last byte was read")
		}
	})
}

func closed(reason string) *report.Event {
	return &report.Event{
		Key: report.RequestKey("hd-ctxh-2021"), At: time.Date(2021, 3, 30, 10, 0, 0, 0, time.UTC),
		Actor: report.Actor{Role: report.RoleCoordinator, ID: "local"}, Body: &report.Closed{Reason: reason},
	}
}

func TestSeal(t *testing.T) {
	e := closed("hết hạn nộp")
	e.At = e.At.Add(1234567 * time.Nanosecond).In(time.FixedZone("", 7*3600))
	if err := codec.Seal(e); err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2021, 3, 30, 10, 0, 0, 1e6, time.UTC); e.At != want {
		t.Errorf("time: got %v, want %v", e.At, want)
	}
	if len(e.ID) != 40 {
		t.Errorf("identity %q is not 40 hex digits", e.ID)
	}
	other := closed("hết hạn nộp")
	other.At = e.At
	if err := codec.Seal(other); err != nil || other.ID != e.ID {
		t.Errorf("the same event has the identities %s and %s (%v)", e.ID, other.ID, err)
	}
	other.Body = &report.Closed{Reason: "hết hạn nộp."}
	if _, err := codec.Encode(other); !errors.Is(err, codec.ErrIdentity) {
		t.Errorf("an event changed after sealing: got %v, want ErrIdentity", err)
	}
}

func checked(facts ...report.Fact) *report.Event {
	e := closed("")
	e.Body = &report.Checked{Upload: "u", Outcome: report.Ready, Draft: report.Draft{Facts: report.FactsOf(facts)}}
	return e
}

func TestEncodeRefuses(t *testing.T) {
	one := report.Fact{Unit: "a", Place: "b", Indicator: "c", Value: report.NumberOf(decimal.FromInt(1))}
	missing := one
	missing.Value = report.Value{}
	old := closed("")
	old.At = time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC)
	none := closed("")
	none.Body = nil
	tests := []struct {
		name  string
		event *report.Event
	}{
		{"a fact twice", checked(one, one)},
		{"missing is never stored (law 8)", checked(missing)},
		{"a definition that is not there", &report.Event{Body: &report.DefinitionApplied{}}},
		{"text that JSON would change", &report.Event{Body: &report.DefinitionApplied{Definition: &report.Definition{Code: "\xff"}}}},
		{"a year before the first", old},
		{"no body", none},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := codec.Encode(test.event); !errors.Is(err, codec.ErrInvalid) {
				t.Errorf("got %v, want ErrInvalid", err)
			}
		})
	}
}

package codec_test

import (
	"bytes"
	"fmt"
	"testing"

	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// checkedWith makes the outcome of an upload of n facts: a hundred places, each
// with its indicators across, and amounts that look drawn at random.
func checkedWith(n int) *report.Event {
	facts := make([]report.Fact, n)
	across := max(n/100, 4)
	state := uint64(88172645463325252)
	for i := range facts {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		num := decimal.New(int64(state%100_000_000_000), i%3)
		facts[i] = report.Fact{
			Unit: "so-ld-tbxh", Place: fmt.Sprintf("%05d", 10000+i/across), Indicator: fmt.Sprintf("%d.%03d", 1+i%across/100, i%across%100),
			Value:  report.NumberOf(num),
			Source: report.Source{Sheet: "Biểu 01", Cell: cellAt(6+i/across, 3+i%across), Text: num.String()},
		}
	}
	return checked(facts...)
}

func cellAt(row, column int) string {
	var letters string
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, row)
}

func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{0, 40, 50_000} {
		b.Run(fmt.Sprintf("facts=%d", n), func(b *testing.B) {
			e := checkedWith(n)
			size := 0
			b.ReportAllocs()
			for b.Loop() {
				e.ID = ""
				frame, err := codec.Encode(e)
				if err != nil {
					b.Fatal(err)
				}
				size = len(frame)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, n := range []int{0, 40, 50_000} {
		b.Run(fmt.Sprintf("facts=%d", n), func(b *testing.B) {
			frame, err := codec.Encode(checkedWith(n))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := codec.Decode(frame); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPack(b *testing.B) {
	events := many(b, 20_000)
	packed := pack(b, events)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			pack(b, events)
		}
		b.ReportMetric(float64(b.N*len(events))/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if err := codec.ReadPack(bytes.NewReader(packed), func(report.Recorded) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*len(events))/b.Elapsed().Seconds(), "events/s")
	})
}

// TestFiftyThousandFacts holds the size for which the layout was chosen: an
// upload of 50,000 facts is one message of the journal.
func TestFiftyThousandFacts(t *testing.T) {
	frame, err := codec.Encode(checkedWith(50_000))
	if err != nil {
		t.Fatal(err)
	}
	const most = 300_000
	if len(frame) > most {
		t.Errorf("50,000 facts take %d bytes, more than %d", len(frame), most)
	}
}

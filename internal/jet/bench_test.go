package jet_test

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"tonghop/internal/jet"
)

// BenchmarkAppend measures durable appends, each on the disk before it returns,
// by writers at the same time: as the store makes them, and as single messages.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 16, 64, 256} {
		for _, way := range []struct {
			name   string
			single bool
		}{{"grouped", false}, {"single", true}} {
			b.Run(fmt.Sprintf("writers=%d/%s", writers, way.name), func(b *testing.B) {
				s := embedded(b)
				if way.single {
					jet.DontGroup(s)
				}
				appendAll(b, s, writers)
			})
		}
	}
}

// appendAll makes b.N appends by so many writers, each to keys of its own.
func appendAll(b *testing.B, s *jet.Store, writers int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range writers {
		wg.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				if _, err := s.Journal().Append(b.Context(), agency(n), 0, receipt(agency(n), n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

// BenchmarkPut measures durable puts of workbooks of 60 KB.
func BenchmarkPut(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := embedded(b)
			var next atomic.Int64
			var wg sync.WaitGroup
			b.SetBytes(60 << 10)
			b.ResetTimer()
			for range writers {
				wg.Go(func() {
					for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
						file := make([]byte, 60<<10)
						copy(file, fmt.Sprint(n))
						if _, err := s.Files().Put(b.Context(), file); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
		})
	}
}

// BenchmarkGet measures reading workbooks of 8 KB back.
func BenchmarkGet(b *testing.B) {
	f := embedded(b).Files()
	var names []string
	for i := range 100 {
		name, err := f.Put(b.Context(), bytes.Repeat([]byte{byte(i), 0x8f}, 4<<10))
		if err != nil {
			b.Fatal(err)
		}
		names = append(names, name)
	}
	b.SetBytes(8 << 10)
	for i := 0; b.Loop(); i++ {
		if _, err := f.Get(b.Context(), names[i%len(names)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFollow measures reading the journal from its beginning.
func BenchmarkFollow(b *testing.B) {
	s := embedded(b)
	const writers, each = 64, 200
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				mustAppend(b, s.Journal(), agency(w*each+n), 0, receipt(agency(w*each+n), n))
			}
		})
	}
	wg.Wait()
	b.ResetTimer()
	for b.Loop() {
		events, err := read(b.Context(), s.Journal(), 1)
		if err != nil || len(events) != writers*each {
			b.Fatalf("read %d events: %v", len(events), err)
		}
	}
	b.ReportMetric(float64(b.N*writers*each)/b.Elapsed().Seconds(), "events/s")
}

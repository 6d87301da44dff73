package decimal

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

// amounts are the spellings of n values with two decimals, the same on every run.
func amounts(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, n)
	for i := range texts {
		cents := r.Int64N(1e12)
		texts[i] = strconv.FormatInt(cents/100, 10) + "." + strconv.FormatInt(10+cents%90, 10)
	}
	return texts
}

func BenchmarkParseAndSum(b *testing.B) {
	texts := amounts(1024)
	b.ReportAllocs()
	var sum Sum
	for i := 0; b.Loop(); i++ {
		d, err := Parse(texts[i%len(texts)])
		if err != nil {
			b.Fatal(err)
		}
		sum.Add(d)
	}
}

func BenchmarkParseAndSumMathBig(b *testing.B) {
	texts := amounts(1024)
	b.ReportAllocs()
	sum := new(big.Rat)
	for i := 0; b.Loop(); i++ {
		r, ok := new(big.Rat).SetString(texts[i%len(texts)])
		if !ok {
			b.Fatal(texts[i%len(texts)])
		}
		sum.Add(sum, r)
	}
}

func parsed(texts []string) []Decimal {
	values := make([]Decimal, len(texts))
	for i, s := range texts {
		values[i] = MustParse(s)
	}
	return values
}

func BenchmarkSum(b *testing.B) {
	values := parsed(amounts(1024))
	var sum Sum
	for i := 0; b.Loop(); i++ {
		sum.Add(values[i%len(values)])
	}
}

func BenchmarkSumValue(b *testing.B) {
	var sum Sum
	sum.Add(MustParse("163980235.55"))
	for b.Loop() {
		if _, err := sum.Value(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	values := parsed(amounts(1024))
	var total Decimal
	var err error
	for i := 0; b.Loop(); i++ {
		if total, err = total.Add(values[i%len(values)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAddMathBig adds hundredths held as big.Int: the least math/big can do for one scale.
func BenchmarkAddMathBig(b *testing.B) {
	values := make([]*big.Int, 1024)
	for i, d := range parsed(amounts(len(values))) {
		values[i] = d.big(2)
	}
	total := new(big.Int)
	for i := 0; b.Loop(); i++ {
		total.Add(total, values[i%len(values)])
	}
}

func BenchmarkFromStoredBytes(b *testing.B) {
	texts := [][]byte{[]byte("0.71989999999999998"), []byte("7828905.9000000004"), []byte("12"), []byte("163980235.5")}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, _, err := FromStoredBytes(texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuo(b *testing.B) {
	d, e := MustParse("7199"), MustParse("10000.5")
	for b.Loop() {
		if _, err := d.Quo(e, 4, HalfEven); err != nil {
			b.Fatal(err)
		}
	}
}

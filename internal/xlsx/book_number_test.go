package xlsx

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestCheckNumber(t *testing.T) {
	tests := []struct {
		decimal string
		want    error
	}{
		{"0", nil}, {"-0.5", nil}, {"12345678901234.5", nil}, {"0.000000000000001", nil},
		{"123456789012345000000", nil}, {"1.10", nil}, {"0.00", nil},
		{"1234567890123456", ErrTooPrecise}, {"0.1234567890123456", ErrTooPrecise}, {"1000000000000000.5", ErrTooPrecise},
		{"", ErrNotNumber}, {"-", ErrNotNumber}, {".5", ErrNotNumber}, {"5.", ErrNotNumber}, {"1e5", ErrNotNumber},
		{"+1", ErrNotNumber}, {"1 000", ErrNotNumber}, {"١", ErrNotNumber}, {"--1", ErrNotNumber}, {"00", ErrNotNumber},
		{"NaN", ErrNotNumber}, {"1" + strings.Repeat("0", maxNumberLen), ErrNotNumber},
	}
	for _, tt := range tests {
		t.Run(tt.decimal, func(t *testing.T) {
			if got := CheckNumber(tt.decimal); !errors.Is(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// Law 5: a number that is taken survives the double a spreadsheet makes of it.
func TestTakenNumbersSurviveADouble(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,17}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`(\.[0-9]{1,17})?`).Draw(t, "fraction")
		decimal := whole + fraction
		if CheckNumber(decimal) != nil {
			return
		}
		x, err := strconv.ParseFloat(decimal, 64)
		if err != nil {
			t.Fatal(err)
		}
		shown, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', maxDigits, 64))
		given, _ := new(big.Rat).SetString(decimal)
		if shown.Cmp(given) != 0 {
			t.Fatalf("%s shows as %s", decimal, shown.FloatString(20))
		}
	})
}

// The digits in the file are the digits given.
func TestDigitsAreKept(t *testing.T) {
	b, s := newTestBook()
	decimals := []string{"0.1", "7828905.9", "163980235.5", "99999999999999.9", "-0.000000000000001", "1.500", "123456789012345"}
	for i, d := range decimals {
		s.Number(i+1, 1, d, numberStyle)
		s.Formula(i+1, 2, "A1", d, numberStyle)
	}
	sheet := partText(t, mustBytes(t, b), "xl/worksheets/sheet1.xml")
	for _, d := range decimals {
		if n := strings.Count(sheet, "<v>"+d+"</v>"); n != 2 {
			t.Errorf("%s stands %d times in the sheet, want 2", d, n)
		}
	}
}

func TestSerial(t *testing.T) {
	tests := []struct {
		name     string
		at       time.Time
		withTime bool
		want     string
	}{
		{"first safe day", time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), false, "61"},
		{"the day of the calendar in its own zone", time.Date(2021, 3, 25, 1, 0, 0, 0, time.FixedZone("+07", 7*3600)), false, "44280"},
		{"midnight has no fraction", time.Date(2021, 3, 25, 0, 0, 0, 0, time.UTC), true, "44280"},
		{"noon", time.Date(2021, 3, 25, 12, 0, 0, 0, time.UTC), true, "44280.5"},
		{"last second", time.Date(2021, 3, 25, 23, 59, 59, 0, time.UTC), true, "44280.9999884259"},
		{"last day", time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), false, "2958465"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := serialOf(tt.at, tt.withTime); err != nil || got != tt.want {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

// Serials are read by the library as the time they were made of.
func TestSerialComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2203891200, 4102444800).Draw(t, "seconds"), 0).UTC()
		serial, err := serialOf(at, true)
		if err != nil {
			t.Fatal(err)
		}
		x, err := strconv.ParseFloat(serial, 64)
		if err != nil {
			t.Fatal(err)
		}
		back, err := excelize.ExcelDateToTime(x, false)
		if err != nil || !back.Round(time.Second).Equal(at) {
			t.Fatalf("%s came back as %s, %v (serial %s)", at, back, err, serial)
		}
	})
}

func ExampleCheckNumber() {
	fmt.Println(CheckNumber("7828905.9"))
	fmt.Println(CheckNumber("0123"))
	fmt.Println(CheckNumber("12345678901234567"))
	// Output:
	// <nil>
	// not a decimal number
	// more than 15 significant digits
}

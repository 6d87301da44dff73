package codec

import (
	"errors"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"tonghop/report"
)

// A dictionary holds each text of a column once, sorted; the column holds their
// places in it.

// differences fills numbers with the zigzag differences of neighbours in a row.
func differences(numbers []uint64, row report.Numbers) []uint64 {
	var last uint64
	for i := range numbers {
		v := row.At(i)
		numbers[i] = difference(last, v)
		last = v
	}
	return numbers
}

func difference(from, to uint64) uint64 { return protowire.EncodeZigZag(int64(to) - int64(from)) }

// Errors of a dictionary.
var (
	errDictionaryOrder = errors.New("dictionary is out of order")
	errDictionaryIdle  = errors.New("dictionary holds a text that no fact uses")
	errDictionaryEmpty = errors.New("dictionary is missing")
)

// readDictionary reads the texts of a dictionary, which share one piece of
// memory.
func readDictionary(b []byte, facts int) ([]string, error) {
	var texts []string
	from := newTextReader(b)
	for len(from.b) > 0 && from.err == nil && len(texts) <= facts {
		text := from.next()
		if n := len(texts); n > 0 && texts[n-1] >= text {
			return nil, errDictionaryOrder
		}
		texts = append(texts, text)
	}
	if err := from.close(); err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, errDictionaryEmpty
	}
	return slices.Clone(texts), nil // without room for more: it is kept
}

// readPlaces fills numbers with the places of facts in a dictionary of a size. It
// fails with errColumnRange when one is outside, and with errDictionaryIdle when
// the dictionary is more than needed.
func readPlaces(b []byte, size int, numbers []uint64) error {
	if err := readNumbers(b, numbers); err != nil || size == 1 && len(b) == 0 {
		return err
	}
	used, idle := make([]bool, size), size
	var at int64
	for i, step := range numbers {
		at += protowire.DecodeZigZag(step)
		if at < 0 || at >= int64(size) {
			return errColumnRange
		}
		if !used[at] {
			used[at] = true
			idle--
		}
		numbers[i] = uint64(at)
	}
	if idle > 0 {
		return errDictionaryIdle
	}
	return nil
}

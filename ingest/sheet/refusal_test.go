package sheet

import (
	"reflect"
	"testing"

	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// Every bound that package xlsx knows is refused in words of its own.
func TestEveryLimitHasWords(t *testing.T) {
	limits := reflect.TypeFor[xlsx.Limits]()
	for i := range limits.NumField() {
		name := limits.Field(i).Name
		f := Refusal(&xlsx.Error{Kind: xlsx.KindTooLarge, Limit: name, Detail: "1 byte"}, xlsx.Limits{})
		if f.Code == fault.FileDamaged {
			t.Errorf("%s: %s", name, f.VI())
		}
		if err := f.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package fault_test

import (
	"errors"
	"fmt"

	"tonghop/report/fault"
)

func Example() {
	f := fault.New(fault.NotWhole,
		fault.A("label", "Số lớp"), fault.A("row", "Trường TH Lê Lợi"), fault.A("got", "12,5"),
		fault.A("below", "12"), fault.A("above", "13"),
	).At("Biểu 01", "F18")

	fmt.Println(f.Severity.VI()+",", f.PlaceVI())
	fmt.Println(f.VI())
	fmt.Println(f.FixVI())
	// Output:
	// Lỗi phải sửa, trang “Biểu 01”, ô F18
	// Số lớp (Trường TH Lê Lợi): đang ghi “12,5”, nhưng chỉ tiêu này phải là số nguyên.
	// Nhập số nguyên, ví dụ 12 hoặc 13; không nhập phần lẻ.
}

func ExampleList() {
	found := fault.List{
		fault.New(fault.SpacesTrimmed, fault.A("count", "4")),
		fault.New(fault.Required, fault.A("label", "Số hội nghị")).At("Biểu 01", "B10"),
		fault.New(fault.Required, fault.A("label", "Số học viên")).At("Biểu 01", "B9"),
	}
	found.Sort("Biểu 01")
	fmt.Println(found.Blocks(), errors.Is(found.Err(), fault.Required))
	for _, f := range found {
		fmt.Println(f)
	}
	// Output:
	// true true
	// Biểu 01!B9: V307: Số học viên: this cell must be filled and is blank.
	// Biểu 01!B10: V307: Số hội nghị: this cell must be filled and is blank.
	// N502: Superfluous spaces were removed from 4 text cells.
}

package paper

// laoCai are the files of lao-cai-ctxh.
func laoCai() []Piece { return nil }

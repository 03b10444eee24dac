import Diagnosing

extension ReportText {
    /// What was heard of a device that sends text: how many frames, and the last ones as text and in hexadecimal.
    func heard(_ report: DeviceReport) -> [StyledText] {
        guard let heard = report.heard, heard.frames > 0 else { return [] }
        let damaged = "\(heard.damaged)"
        let counted =
            heard.frames == 1
            ? Sentence(StreamPhrase.heardOne, damaged) : Sentence(StreamPhrase.heard, "\(heard.frames)", damaged)
        var lines: [StyledText] = ["  " + style.text(counted)]
        for frame in heard.last {
            let form = frame.form.map { StyledText($0) } ?? style.text(StreamPhrase.unlike)
            let line = StyledText(frame.text) + "  " + (frame.form == nil ? style.yellow(form) : form)
            lines += StyledText.wrapped(line, to: style.columns - 2).map { "  " + $0 }
            lines += StyledText.wrapped(style.dim(StyledText(frame.hex)), to: style.columns - 4).map { "    " + $0 }
        }
        return lines
    }
}

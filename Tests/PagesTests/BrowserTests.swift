import Control
import Foundation
import TestSupport
import Testing

/// Debian's Chromium goes through every page: both languages, light and dark, a telephone and a desk, paper, the
/// keyboard alone, with scripts and without. axe looks for what a screen reader would miss.
@Suite struct `A browser` {
    @Test func `shows every page whole, to everybody, and asks no other host`() throws {
        let box = try PageBox()
        _ = try box.status { $0.devices.first?.answering == true && $0.devices.last?.downSince != nil }
        let folder = try ScratchFolder()
        let base = "http://127.0.0.1:\(box.page)"
        let (status, text) = try PythonPeer.run("page_eyes.py", base, PageBox.pin, folder.path)
        let failed = text.split(separator: "\n").filter { !$0.contains("\"ok\": true") }
        #expect(status == 0, "\(failed.joined(separator: "\n"))")
        #expect(text.split(separator: "\n").count > 20)
    }
}

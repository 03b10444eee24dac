import Testing

@testable import Forwarding

@Suite struct `A fence` {
    @Test func `goes out after so many entries, or where nothing else is to be sent`() {
        var fences = Fences(every: 3)
        #expect(fences.next(isIdle: true) == nil)
        fences.sent(1)
        #expect(fences.next(isIdle: false) == nil)
        fences.sent(2)
        fences.sent(3)
        #expect(fences.next(isIdle: false) == 1)
        fences.sent(4)
        // One at a time.
        #expect(fences.next(isIdle: true) == nil)
        #expect(fences.answered(1) == [1, 2, 3])
        #expect(fences.next(isIdle: true) == 2)
        #expect(fences.answered(2) == [4])
    }

    @Test func `that is on its way holds up the entries after the next full load`() {
        var fences = Fences(every: 2)
        for row in Int64(1)...2 { fences.sent(row) }
        #expect(!fences.isFull)
        #expect(fences.next(isIdle: false) == 1)
        for row in Int64(3)...4 { fences.sent(row) }
        #expect(fences.isFull)
        _ = fences.answered(1)
        #expect(!fences.isFull)
    }

    @Test func `of a lost connection proves nothing`() {
        var fences = Fences(every: 2)
        fences.sent(1)
        #expect(fences.next(isIdle: true) == 1)
        fences.lost()
        #expect(fences.answered(1) == [])
        #expect(fences.next(isIdle: true) == nil)
    }
}

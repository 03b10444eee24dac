import Testing

@testable import Polling

@Suite struct RequestsAtOnceTests {
    @Test func `who answered several at once goes on getting several, whatever fails later`() {
        var told = false
        var device = RequestsAtOnce(4)
        #expect(device.allowed == 4)
        told = told || device.polled(2, failed: false)
        for _ in 0..<10 {
            told = told || device.polled(2, failed: true)
            #expect(device.allowed == 4)
        }
        #expect(!told)
    }

    @Test func `who answers single requests three times right after several failed gets one at a time for good`() {
        var told = false
        var device = RequestsAtOnce(2)
        for round in 1...3 {
            #expect(device.allowed == 2)
            told = told || device.polled(2, failed: true)
            #expect(device.allowed == 1)
            let isNews = device.polled(1, failed: false)
            #expect(isNews == (round == 3))
        }
        #expect(device.allowed == 1)
        told = told || device.polled(1, failed: false)
        #expect(device.allowed == 1)
        #expect(!told)
    }

    @Test func `who answers two of three at once goes on getting two`() {
        var device = RequestsAtOnce(3)
        // As after a new connection: one alone, and the others together.
        var told = device.polled(2, failed: false)
        for round in 1...3 {
            #expect(device.allowed == 3)
            #expect(device.isToBlame(for: 3) && !device.isToBlame(for: 2))
            told = told || device.polled(3, failed: true)
            #expect(device.allowed == 2)
            let isNews = device.polled(2, failed: false)
            #expect(isNews == (round == 3))
        }
        #expect(device.allowed == 2)
        told = told || device.polled(2, failed: true)
        #expect(device.allowed == 2)
        #expect(!told)
    }

    @Test func `a device that is merely away proves nothing`() {
        var told = false
        var device = RequestsAtOnce(2)
        for _ in 0..<20 {
            told = told || device.polled(2, failed: true)
            told = told || device.polled(1, failed: true)
        }
        #expect(device.allowed == 2)
        told = told || device.polled(2, failed: false)
        #expect(device.allowed == 2)
        #expect(!told)
    }

    @Test func `a poll of a single request proves nothing`() {
        var told = false
        var device = RequestsAtOnce(2)
        for failed in [true, false, true] { told = told || device.polled(1, failed: failed) }
        #expect(device.allowed == 2)
        #expect(!told)
    }
}

import Domain
import HTTP
import TestSupport
import Testing

@Suite struct `Places of the pages' server` {
    private let clock = HandClock()

    @Test func `are lost after fifteen seconds without a whole request`() {
        var places = ConnectionPlaces(now: clock.uptime())
        let slow = places.enter(from: "a", now: clock.uptime()).number
        let served = places.enter(from: "b", now: clock.uptime()).number
        places.note(.answering, of: served)
        clock.advance(by: .seconds(16))
        #expect(places.late(now: clock.uptime()) == [slow])
    }

    @Test func `are lost after thirty seconds in which nothing of the answer is taken`() {
        var places = ConnectionPlaces(now: clock.uptime())
        let reader = places.enter(from: "a", now: clock.uptime()).number
        places.note(.taking(since: clock.uptime()), of: reader)
        clock.advance(by: .seconds(29))
        #expect(places.late(now: clock.uptime()).isEmpty)
        clock.advance(by: .seconds(2))
        #expect(places.late(now: clock.uptime()) == [reader])
    }

    @Test func `go to a newcomer from whoever holds most and waits longest`() {
        var places = ConnectionPlaces(now: clock.uptime())
        let lone = places.enter(from: "lone", now: clock.uptime()).number
        var greedy: [Int] = []
        for _ in 1..<ConnectionPlaces.most {
            clock.advance(by: .milliseconds(1))
            greedy.append(places.enter(from: "greedy", now: clock.uptime()).number)
        }
        places.note(.answering, of: greedy[0])
        let (_, leaver) = places.enter(from: "new", now: clock.uptime())
        #expect(leaver == greedy[1])
        #expect(leaver != lone)
    }

    @Test func `go to many newcomers at once from as many others`() {
        var places = ConnectionPlaces(now: clock.uptime())
        for _ in 0..<ConnectionPlaces.most { _ = places.enter(from: "a", now: clock.uptime()) }
        let leavers = (0..<100).compactMap { _ in
            clock.advance(by: .milliseconds(1))
            return places.enter(from: "b", now: clock.uptime()).leaver
        }
        #expect(Set(leavers).count == 100)
        #expect(places.count == ConnectionPlaces.most)
    }

    @Test func `are refused to a newcomer while all are served`() {
        var places = ConnectionPlaces(now: clock.uptime())
        for _ in 0..<ConnectionPlaces.most {
            places.note(.answering, of: places.enter(from: "a", now: clock.uptime()).number)
        }
        let (number, leaver) = places.enter(from: "b", now: clock.uptime())
        #expect(leaver == number)
    }

    @Test func `say how long nobody has been there`() {
        var places = ConnectionPlaces(now: clock.uptime())
        clock.advance(by: .seconds(5))
        #expect(places.idle(now: clock.uptime()) == .seconds(5))
        let reader = places.enter(from: "a", now: clock.uptime()).number
        #expect(places.idle(now: clock.uptime()) == nil)
        places.leave(reader, now: clock.uptime())
        clock.advance(by: .seconds(7))
        #expect(places.idle(now: clock.uptime()) == .seconds(7))
    }
}

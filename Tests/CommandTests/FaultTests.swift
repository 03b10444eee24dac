import TestSupport
import Testing

extension Commands {
    @Suite struct `Faults on request` {
        /// The error once showed the program's usage, not the command's.
        @Test(arguments: [
            ("flow:boom", "no fault is called \"boom\""), ("flaw:silence", "did you mean \"flow\"?"),
            ("flow:late", "late=700ms"), ("flow:silence@2", "0 to 1"), ("silence", "DEVICE:KIND"),
        ])
        func `simulate refuses a bad fault with the right form`(fault: String, words: String) throws {
            let desk = try Desk()
            try desk.configure()
            let (status, text) = try desk.gateway("simulate", "--fault", fault)
            #expect(status == 2)
            #expect(text.contains(words))
            #expect(text.contains("gateway simulate --help"))
        }
    }
}

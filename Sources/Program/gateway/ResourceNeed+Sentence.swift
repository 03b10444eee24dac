import Configuration
import Speech

extension ResourceNeed {
    var sentence: Sentence { Sentence(CheckPhrase.need, "\(descriptors)", "\(threads)") }
}

extension ResourceNeed.Shortage {
    var sentence: Sentence {
        let phrase: CheckPhrase =
            switch limit {
            case .serviceDescriptors: .serviceDescriptors
            case .serviceThreads: .serviceThreads
            case .shellDescriptors: .shellDescriptors
            case .userThreads: .userThreads
            }
        return Sentence(phrase, "\(need)", "\(allowed)", remedy)
    }
}

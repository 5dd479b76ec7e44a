package io.coordination.lock;

/** {@link WaitingSubject} over a store that may grant twice. */
public class FaultyWaitingSubject extends WaitingSubject {

    public FaultyWaitingSubject() {
        super(new ManualWorld(), new CheckThenActStore());
    }
}

package io.coordination.test;

class LocalLockManagerContractTests extends LockManagerContract {

    @Override
    protected StoreUnderTest newStore() {
        return new LocalStore();
    }
}

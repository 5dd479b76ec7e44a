package io.coordination.test;

class LocalLeaseStoreContractTests extends LeaseStoreContract {

    @Override
    protected StoreUnderTest newStore() {
        return new LocalStore();
    }
}

package io.coordination.stomp;

import java.beans.PropertyChangeListener;
import org.apache.catalina.Context;
import org.apache.catalina.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of this library, for Tomcat, which would make one of its own otherwise, lend it to threads, and warn of each
 * that still has it when the hub stops.
 */
final class HubLoader implements Loader {

    private @Nullable Context context;

    @Override
    public ClassLoader getClassLoader() {
        return HubLoader.class.getClassLoader();
    }

    @Override
    public @Nullable Context getContext() {
        return context;
    }

    @Override
    public void setContext(Context context) {
        this.context = context;
    }

    @Override
    public boolean getDelegate() {
        return true;
    }

    @Override
    public void setDelegate(boolean delegate) {}

    @Override
    public boolean modified() {
        return false;
    }

    @Override
    public void backgroundProcess() {}

    @Override
    public void addPropertyChangeListener(PropertyChangeListener listener) {}

    @Override
    public void removePropertyChangeListener(PropertyChangeListener listener) {}
}

/* A window that is as large as it was when it was last closed, and this machine's other settings. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GSettings *limber_settings_new        (void);
void       limber_window_state_fit    (GListModel *monitors, int *width, int *height);
void       limber_window_state_follow (GtkWindow *window);

G_END_DECLS

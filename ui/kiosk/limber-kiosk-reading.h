/* What is read aloud of a page and of a control: what can be seen there, and no more. A thing of the class "secret" is not read. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_KIOSK_READING_SECRET "secret" /* the class of what is not spoken: whoever stands by would hear a code */

char    *limber_kiosk_reading_of        (GtkWidget *widget);
gboolean limber_kiosk_reading_is_secret (GtkWidget *widget);

G_END_DECLS

/* LimberBell: tells whoever is at work, by the desktop's notifications, who has come to see her and that a task is there, while the window
 * is not in front. It names nobody. It is there while somebody is at work, and takes back what it told when the screen is locked. */
#pragma once

#include <gtk/gtk.h>

#include "limber-day.h"
#include "limber-notifier.h"
#include "limber-staff-member.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BELL (limber_bell_get_type ())
G_DECLARE_FINAL_TYPE (LimberBell, limber_bell, LIMBER, BELL, GObject)

LimberBell *limber_bell_new  (LimberNotifier *notifier, GtkWindow *window, LimberDay *day, LimberStaffMember *member);
void        limber_bell_stop (LimberBell *bell);

G_END_DECLS

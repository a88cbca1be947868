/* LimberNotifier: tells things by the desktop's notifications, where a server shows them; without one nothing is told, and nothing is wrong. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What may be done about what is told; a list ends with one that has no name. */
typedef struct {
  const char *name;  /* for the signal */
  const char *label; /* for people */
} LimberNoticeAction;

#define LIMBER_TYPE_NOTIFIER (limber_notifier_get_type ())
G_DECLARE_FINAL_TYPE (LimberNotifier, limber_notifier, LIMBER, NOTIFIER, GObject)

LimberNotifier *limber_notifier_new          (void);
void            limber_notifier_show         (LimberNotifier *notifier, const char *id, const char *title, const char *body, const LimberNoticeAction *actions);
void            limber_notifier_withdraw     (LimberNotifier *notifier, const char *id);
void            limber_notifier_withdraw_all (LimberNotifier *notifier);

/* Signal: "acted" (string id, string action, string token): somebody chose an action, or "default": what was told itself. token: (nullable):
 * by which the desktop lets a window come to the front. */

G_END_DECLS

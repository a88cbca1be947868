/* LimberKioskAsking: what is asked of somebody once she is checked in: whether her details are right, and the forms that are due. It
 * knows which page comes next, and hands each answer to the store as it is given. It never stands in her way: what cannot be
 * read or written is not asked. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_ASKING (limber_kiosk_asking_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskAsking, limber_kiosk_asking, LIMBER, KIOSK_ASKING, GObject)

LimberKioskAsking *limber_kiosk_asking_new         (void);
void               limber_kiosk_asking_add_actions (LimberKioskAsking *asking, GActionMap *actions);
gboolean           limber_kiosk_asking_begin       (LimberKioskAsking *asking, LimberStore *store, const LimberId *appointment);
gboolean           limber_kiosk_asking_is_over     (LimberKioskAsking *asking);
void               limber_kiosk_asking_back        (LimberKioskAsking *asking);
void               limber_kiosk_asking_leave       (LimberKioskAsking *asking);
const char        *limber_kiosk_asking_get_note    (LimberKioskAsking *asking);
LimberKioskPage   *limber_kiosk_asking_make_page   (LimberKioskAsking *asking);

/* Signal: "moved": another page comes, or it is over. */

G_END_DECLS

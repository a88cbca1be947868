/* LimberKioskAside: a person's page while another question stands before it for a moment ("Are you still there?", the choice of a
 * language). What was typed on it is there again when she comes back; it is gone when anything else comes. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-kiosk-visit.h"

G_BEGIN_DECLS

/* Zero it to begin. */
typedef struct {
  LimberKioskPage *page; /* (owned) (nullable) */
} LimberKioskAside;

void limber_kiosk_aside_put    (LimberKioskAside *aside, LimberKioskStage next, LimberKioskPage *page);
void limber_kiosk_aside_take   (LimberKioskAside *aside, LimberKioskStage stage, LimberKioskPage *page);
void limber_kiosk_aside_forget (LimberKioskAside *aside);

G_END_DECLS

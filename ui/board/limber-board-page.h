/* LimberBoardPage: the waiting-room screen. Who is called stands there very large, and the last ones below; it calls them out
 * too. It takes no input. */
#pragma once

#include "limber-board.h"
#include "limber-kiosk-program.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_BOARD_PAGE (limber_board_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberBoardPage, limber_board_page, LIMBER, BOARD_PAGE, LimberKioskPage)

LimberKioskPage *limber_board_page_new       (LimberEnv *env);
LimberBoard     *limber_board_page_get_board (LimberBoardPage *page);

/* What limber-kiosk shows with --board. */
extern const LimberKioskHome limber_board_home;

G_END_DECLS

/* What the waiting-room screen says, as it is read and as it is heard. */
#pragma once

#include "limber-notice.h"
#include "limber-row.h"

G_BEGIN_DECLS

char       *limber_board_words_place    (LimberRow *call);
char       *limber_board_words_spoken   (LimberRow *call);
char       *limber_board_words_notice   (const LimberNotice *notice);

G_END_DECLS
